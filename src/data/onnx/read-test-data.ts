import { CAPS, capOf, type CappedFile } from '../../core/caps'
import { formatBytes } from '../../core/format'
import type { ColumnChunk, Dataset } from '../../core/dataset'
import { ContentHash } from '../../core/content-hash'
import { quoted } from '../../core/display-text'
import type { Outcome } from '../../core/failure'
import { Refusal, settle } from '../../core/refusal'
import { testDataPlace, type TestDataPlace } from '../../core/test-data-name'
import { shapeText } from '../arrays/array-header'
import type { ReadProgress } from '../data-format'
import { draftDataset, type DraftColumn } from '../draft-dataset'
import type { FolderFile } from '../folder-file'
import { TextCodes } from '../text-codes'
import { readTensor, type OnnxTensor } from './read-tensor'

interface Placed extends TestDataPlace {
  readonly path: string
  readonly tensor: OnnxTensor
}

/** All sets' tensors of one input or output. */
interface Slot {
  readonly kind: TestDataPlace['kind']
  readonly name: string
  readonly tensors: readonly Placed[]
}

interface TestFolder {
  /** The file that it is read from, whose limits hold. */
  readonly file: CappedFile
  readonly name: string
  readonly id: string
  readonly bytes: number
}

/**
 * Reads the test data of an ONNX model: inputs and recorded outputs as columns, named by the tensors.
 * Where all tensors of every set have as many entries along their first axes, these are the rows, set
 * after set; else every set is one row.
 */
export async function readTestData(
  folder: TestFolder,
  files: readonly FolderFile[],
  onProgress: ReadProgress,
): Promise<Outcome<Dataset>> {
  const tensors: Placed[] = []
  const hash = new ContentHash()
  let done = 0
  for (const file of inOrder(files)) {
    const read = await settle(file.path, async () => {
      checkBytes(folder.file, 'tensor-bytes', file.size)
      checkBytes(folder.file, 'test-data-bytes', done + file.size)
      const bytes = await file.bytes()
      hash.update(new TextEncoder().encode(`${file.path} ${String(bytes.length)}\n`))
      hash.update(bytes)
      return readTensor(bytes)
    })
    if (!read.ok) return read
    tensors.push({ ...file.place, path: file.path, tensor: read.value })
    done += file.size
    onProgress(done, folder.bytes)
  }
  return settle(folder.name, () => {
    const slots = slotsOf(tensors)
    const isByEntry = slots.every(({ tensors: [first], tensors: all }) =>
      all.every((placed) => rowsOf(placed) !== null && sameRest(placed, first)),
    )
    const setRows = rowsBySet(tensors, isByEntry)
    const columns = slots.map((slot) => columnOf(slot, setRows !== null))
    const chunkRows = setRows ?? [...new Set(tensors.map(({ set }) => set))].map(() => 1)
    const { name, id, bytes } = folder
    const file = { name, id, bytes, sha256: hash.digest() }
    const dataset = draftDataset({ columns, chunkRows, warnings: [] }, file)
    return withRecorded(dataset, slots)
  })
}

function inOrder(
  files: readonly FolderFile[],
): readonly (FolderFile & { readonly place: TestDataPlace })[] {
  const placed = files.flatMap((file) => {
    const place = testDataPlace(file.path)
    return place === null ? [] : [{ ...file, place }]
  })
  const rank = ({ kind }: TestDataPlace): number => (kind === 'input' ? 0 : 1)
  return placed.sort(
    ({ place: a }, { place: b }) => a.set - b.set || rank(a) - rank(b) || a.index - b.index,
  )
}

/** @throws {Refusal} where a set lacks a tensor that another has */
function slotsOf(tensors: readonly Placed[]): readonly Slot[] {
  const sets = new Set(tensors.map(({ set }) => set))
  const byKey = new Map<string, Placed[]>()
  for (const placed of tensors) {
    const key = `${placed.kind}_${String(placed.index)}`
    byKey.set(key, [...(byKey.get(key) ?? []), placed])
  }
  return [...byKey].map(([key, placed]): Slot => {
    const numbers = new Set(placed.map(({ set }) => set))
    const [first] = placed
    if (first === undefined || numbers.size !== sets.size || placed.length !== sets.size) {
      throw new Refusal(
        'data-malformed',
        `does not hold ${quoted(`${key}.pb`)} exactly once in every set`,
        'Add the sets of one model alone, and all files of each.',
      )
    }
    return { kind: first.kind, name: first.tensor.name || key, tensors: placed }
  })
}

/** Entries along the first axis; null for a single number. */
function rowsOf({ tensor }: Placed): number | null {
  return tensor.shape[0] ?? null
}

function sameRest({ tensor }: Placed, first: Placed | undefined): boolean {
  return String(tensor.shape.slice(1)) === String(first?.tensor.shape.slice(1))
}

/** Rows of each set; null where its tensors have no rows in common, or any set has none. */
function rowsBySet(tensors: readonly Placed[], isByEntry: boolean): readonly number[] | null {
  if (!isByEntry) return null
  const rows = new Map<number, number>()
  for (const placed of tensors) {
    const count = rowsOf(placed) ?? 0
    if (count === 0 || (rows.get(placed.set) ?? count) !== count) return null
    rows.set(placed.set, count)
  }
  return [...rows.values()]
}

function columnOf({ name, tensors }: Slot, isByEntry: boolean): DraftColumn {
  const [first] = tensors
  const shape = (first?.tensor.shape ?? []).slice(isByEntry ? 1 : 0)
  const other = tensors.find(
    ({ tensor }) => String(tensor.shape.slice(isByEntry ? 1 : 0)) !== String(shape),
  )
  if (other !== undefined && first !== undefined) {
    const [one, two] = [shapeText(first.tensor.shape), shapeText(other.tensor.shape)]
    throw new Refusal(
      'data-malformed',
      `holds ${quoted(name)} as ${one} in one set and as ${two} in another`,
      'Add the sets with these shapes one by one.',
    )
  }
  const width = shape.reduce((product, size) => product * size, 1)
  if (first?.tensor.elements.kind === 'texts') return textColumn(name, tensors, width)
  let rounded = 0
  const chunks = tensors.map(({ tensor: { elements } }): ColumnChunk => {
    if (elements.kind === 'texts') throw mixed(name)
    rounded += elements.rounded
    const { values } = elements
    return shape.length === 0
      ? { kind: 'numeric', values: Float64Array.from(values) }
      : { kind: 'tensor', values, width }
  })
  return { name, chunks, dictionary: null, rounded, ...(shape.length === 0 ? {} : { shape }) }
}

function textColumn(name: string, tensors: readonly Placed[], width: number): DraftColumn {
  if (width !== 1) {
    throw new Refusal(
      'data-malformed',
      `holds several texts a row in ${quoted(name)}`,
      'Texts are read as one per row.',
    )
  }
  const codes = new TextCodes()
  const chunks = tensors.map(({ tensor: { elements } }): ColumnChunk => {
    if (elements.kind !== 'texts') throw mixed(name)
    return { kind: 'text', codes: Int32Array.from(elements.texts, (text) => codes.codeOf(text)) }
  })
  return { name, chunks, dictionary: codes.dictionary, rounded: 0 }
}

/** Columns are named anew where two tensors have one name. */
function withRecorded(dataset: Dataset, slots: readonly Slot[]): Dataset {
  const names = (kind: Slot['kind']): readonly string[] =>
    dataset.info.columns.flatMap(({ name }, place) => (slots[place]?.kind === kind ? [name] : []))
  const recorded = { inputs: names('input'), outputs: names('output') }
  return { ...dataset, info: { ...dataset.info, recorded } }
}

function mixed(name: string): Refusal {
  return new Refusal(
    'data-malformed',
    `holds ${quoted(name)} as texts in one set and as numbers in another`,
    'Add the sets one by one.',
  )
}

function checkBytes(
  folder: CappedFile,
  name: 'tensor-bytes' | 'test-data-bytes',
  bytes: number,
): void {
  const cap = capOf(folder, name)
  if (bytes <= cap) return
  const finding = `takes ${CAPS[name].of} to ${formatBytes(bytes)}; ${formatBytes(cap)} is the most`
  throw new Refusal('file-too-large', finding, 'Add fewer sets.', { name, wanted: bytes })
}
