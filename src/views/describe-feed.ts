import { formatQuantity } from '../core/format'
import { describeShape } from '../core/model'
import type { InputLayout, ModelBinding } from '../core/task'

const OUTPUTS = {
  scores: 'one score per class',
  binary: 'the score of the second class',
  label: 'a label',
  value: 'a value',
  action: 'an action',
} as const

/** `64 columns as [batch, 1, 8, 8]; reads one score per class from "logits".` */
export function describeFeed(binding: ModelBinding, layouts: readonly InputLayout[]): string {
  const inputs = binding.inputs.map((input) => {
    const columns = layouts[input.layout]?.columns.length ?? 0
    const shape = input.hasBatchAxis
      ? [binding.fixedBatch ?? 'batch', ...input.rowShape]
      : input.rowShape
    return `${formatQuantity(columns, 'column')} as ${describeShape(shape)}`
  })
  const [first] = inputs
  const isOnePerColumn = inputs.length > 1 && inputs.every((input) => input.startsWith('1 '))
  const fed = isOnePerColumn
    ? `${formatQuantity(inputs.length, 'column')}, one per input`
    : inputs.length > 3
      ? `${formatQuantity(inputs.length, 'input')}, the first with ${first ?? ''}`
      : inputs.join(' and ')
  return `${fed}; reads ${OUTPUTS[binding.output.kind]} from ${binding.output.output}`
}
