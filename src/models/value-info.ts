import type { TensorShapeProto, ValueInfoProto } from 'onnx-buf'
import { displayText } from '../core/display-text'
import type { Dimension, ValueInfo } from '../core/model'
import { tensorType } from './tensor-type'

/**
 * A graph input or output. The name is exact, as the runtime wants it: pass it through
 * `displayText` before showing it. Names of dimensions are only ever shown, and come cleaned.
 */
export function valueInfo(value: ValueInfoProto): ValueInfo {
  const type = value.type?.value
  if (type?.case !== 'tensorType') {
    return { name: value.name, type: 'other', shape: null, isTensor: type?.case === undefined }
  }
  const { elemType, shape } = type.value
  return { name: value.name, type: tensorType(elemType), shape: shapeOf(shape), isTensor: true }
}

function shapeOf(shape: TensorShapeProto | undefined): readonly Dimension[] | null {
  if (shape === undefined) return null
  return shape.dim.map(({ value }) => {
    // Some exporters write −1 for a free dimension.
    if (value.case === 'dimValue') return value.value < 0n ? null : Number(value.value)
    if (value.case === 'dimParam') return displayText(value.value) || null
    return null
  })
}
