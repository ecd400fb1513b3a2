import type * as Ort from 'onnxruntime-web'
import type { InputBlock, Numbers } from '../../src/contract/reader'
import type { InputBinding, ModelBinding } from '../../src/core/task'

/**
 * The input tensors of rows `start` … `start + rows − 1`. A full batch is a view of the block: no
 * row is copied here. A batch shorter than the model's fixed size is padded with its last row,
 * which is valid wherever the rows before it were; the answers of the padding are cut off again.
 */
export function makeFeeds(
  tensor: typeof Ort.Tensor,
  binding: ModelBinding,
  blocks: readonly InputBlock[],
  start: number,
  rows: number,
): Record<string, Ort.Tensor> {
  // Without a prototype: an input may be called `__proto__`.
  const feeds = Object.create(null) as Record<string, Ort.Tensor>
  for (const input of binding.inputs) {
    const block = blocks.find((candidate) => candidate.layout === input.layout)
    if (block === undefined) throw new Error(`no block for layout ${String(input.layout)}`)
    const size = binding.fixedBatch ?? rows
    const data = rowsOf(block, input, start - block.start, rows, size)
    const dims = input.hasBatchAxis ? [size, ...input.rowShape] : [...input.rowShape]
    feeds[input.input] = new tensor(
      input.type as Ort.Tensor.Type,
      data as Ort.Tensor.DataType,
      dims,
    )
  }
  return feeds
}

function rowsOf(
  block: InputBlock,
  input: InputBinding,
  from: number,
  rows: number,
  size: number,
): Numbers | string[] {
  const width = input.rowShape.reduce((product, dimension) => product * dimension, 1)
  const begin = from * width
  const end = (from + rows) * width
  if (from < 0 || end > block.data.length) throw new Error('rows outside of the block')
  if (isNumbers(block.data)) {
    const view = block.data.subarray(begin, end) as Numbers
    return size === rows ? view : padded(view, size, width)
  }
  const texts = block.data.slice(begin, end)
  const last = texts.slice(-width)
  while (texts.length < size * width) texts.push(...last)
  return texts
}

function isNumbers(data: Numbers | readonly string[]): data is Numbers {
  return ArrayBuffer.isView(data)
}

function padded(view: Numbers, size: number, width: number): Numbers {
  const Constructor = view.constructor as new (length: number) => Float32Array
  const full = new Constructor(size * width)
  // One element type on both sides: the constructor is the view's own.
  const source = view as Float32Array
  full.set(source)
  const last = source.subarray(source.length - width)
  for (let row = source.length / width; row < size; row += 1) full.set(last, row * width)
  return full
}
