import { op, pickle } from '../../../fixtures/pickle-builder'
import { utf8, zipFile } from '../../../fixtures/zip-builder'

/** A tensor as torch pickles it, with room for lies about its place. */
export interface TensorPart {
  readonly shape: readonly number[]
  readonly strides?: readonly number[]
  readonly offset?: number
  /** Elements of the storage, as the pickle says. */
  readonly length?: number
  readonly storage?: Float32Array
  /** Place of the tensor in whose storage it lies, where that is not its own. */
  readonly within?: number
}

/** What `torch.save(state_dict)` writes; each tensor has a storage of zeros unless told otherwise. */
export function stateDictFile(
  tensors: Readonly<Record<string, TensorPart>>,
  files: Readonly<Record<string, Uint8Array>> = {},
): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(tensors)
  const items = entries.flatMap(([name, part], index) => [op.text(name), ...tensor(part, index)])
  return zipFile([
    { name: 'p/data.pkl', bytes: pickle(op.emptyDict, op.mark, ...items, op.setItems) },
    ...entries.flatMap(([, part], index) => {
      if (part.within !== undefined) return []
      const storage = part.storage ?? new Float32Array(elements(part.shape))
      return [{ name: `p/data/${String(index)}`, bytes: new Uint8Array(storage.slice().buffer) }]
    }),
    ...Object.entries(files).map(([name, bytes]) => ({ name, bytes })),
  ])
}

export const byteOrder = (order: string) => ({ 'p/byteorder': utf8(order) })

function tensor(part: TensorPart, index: number): Uint8Array[] {
  const { shape, offset = 0, length = part.storage?.length ?? elements(shape) } = part
  const strides = part.strides ?? shape.map((_, axis) => elements(shape.slice(axis + 1)))
  const tuple = (values: readonly number[]) => [op.mark, ...values.map(op.int), op.tuple]
  return [
    op.global('torch._utils', '_rebuild_tensor_v2'),
    op.mark,
    op.mark,
    op.text('storage'),
    op.global('torch', 'FloatStorage'),
    op.text(String(part.within ?? index)),
    op.text('cpu'),
    op.int(length),
    op.tuple,
    op.persistent,
    op.int(offset),
    ...tuple(shape),
    ...tuple(strides),
    op.tuple,
    op.reduce,
  ]
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
