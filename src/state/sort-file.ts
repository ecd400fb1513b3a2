import { isDataFile } from '../core/data-signature'

export type FileSort =
  'model' | 'data' | 'normalisation' | 'report' | 'history' | 'recipe' | 'unrecognised'

const MODEL_ENDINGS = new Set(['onnx', 'ort', 'zip'])
const DATA_ENDINGS = new Set([
  'csv',
  'tsv',
  'tab',
  'txt',
  'jsonl',
  'ndjson',
  'npy',
  'npz',
  'idx',
  'parquet',
  'pq',
  'arrow',
  'arrows',
  'feather',
  'gz',
])
/** Of reports; a JSON file can be statistics as well. */
const REPORT_ENDINGS = new Set(['json', 'html', 'htm'])
/** Statistics of observations that a policy was trained with, saved beside it. */
const NORMALISATION_ENDINGS = new Set(['pkl', 'json'])
/** As Stable-Baselines3's own scripts name them. */
const NORMALISATION_NAME = /vec_?normali[sz]e/i
const FOREIGN_ENDINGS = new Set(
  'jpg jpeg png gif webp svg pdf 7z tar xls xlsx md js ts py ipynb pt pth safetensors h5 keras pb tflite gguf joblib'.split(
    ' ',
  ),
)
const SNIFFED_BYTES = 4096
/** A report names its schema near its beginning, or near its end where its keys are sorted. */
const REPORT_SNIFFED_BYTES = 16_384
/** `PK`, 3, 4: Stable-Baselines3 saves policies as zip archives. */
const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04]
/** `ORTM`, after four bytes: ONNX Runtime's own format. */
const ORT_MAGIC = [0x4f, 0x52, 0x54, 0x4d]

/**
 * Which reader a file goes to: by a signature that only data has; then by the ending of its name; files
 * with an unknown ending by their first bytes: an ONNX file opens with its IR version (protobuf field 1, tag 0x08), a saved policy is a zip, a table
 * is text.
 * The reader has the last word on what is inside.
 */
export async function sortFile(file: File): Promise<FileSort> {
  const ending = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? ''
  const head = await readHead(file)
  if (head !== null && isDataFile(head, file.size)) return 'data'
  if (MODEL_ENDINGS.has(ending)) return 'model'
  if (DATA_ENDINGS.has(ending)) return 'data'
  const ours = REPORT_ENDINGS.has(ending) ? await ownDocument(file) : null
  if (ours !== null) return ours
  if (ending.startsWith('htm')) return 'unrecognised'
  if (ending === 'json' && !(await isStatistics(file))) return 'data'
  if (NORMALISATION_ENDINGS.has(ending)) return 'normalisation'
  if (FOREIGN_ENDINGS.has(ending)) return 'unrecognised'
  if (head === null || head.length === 0) return 'unrecognised'
  if (head[0] === 0x08 || startsWith(head, ZIP_MAGIC)) return 'model'
  if (startsWith(head.subarray(4), ORT_MAGIC)) return 'model'
  return isTable(head) || isJson(head) ? 'data' : 'unrecognised'
}

/** Mean and variance of observations, or a file that calls itself so. */
async function isStatistics(file: File): Promise<boolean> {
  if (NORMALISATION_NAME.test(file.name)) return true
  const texts = await endsOf(file)
  return ['mean', 'var'].every((key) =>
    texts.some((text) => new RegExp(`"${key}"\\s*:`).test(text)),
  )
}

/** A history holds reports: it goes first. */
async function ownDocument(file: File): Promise<'history' | 'report' | 'recipe' | null> {
  const texts = await endsOf(file)
  const isNamed = (schema: string) => texts.some((text) => text.includes(`"bakeoff.${schema}/`))
  if (isNamed('history')) return 'history'
  if (isNamed('report')) return 'report'
  return isNamed('recipe') ? 'recipe' : null
}

/** The beginning of a file and its end; nothing where it cannot be read. */
async function endsOf(file: File): Promise<readonly string[]> {
  const parts = [file.slice(0, REPORT_SNIFFED_BYTES), file.slice(-REPORT_SNIFFED_BYTES)]
  try {
    return await Promise.all(parts.map((part) => part.text()))
  } catch {
    return []
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte)
}

async function readHead(file: File): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.slice(0, SNIFFED_BYTES).arrayBuffer())
  } catch {
    return null
  }
}

function isTable(head: Uint8Array): boolean {
  if (head.includes(0)) return false
  return /[,;\t|].*\n/.test(new TextDecoder().decode(head))
}

/** Of records; a table as text begins otherwise. */
function isJson(head: Uint8Array): boolean {
  return /^\s*(\[\s*[{[]|\{\s*")/.test(new TextDecoder().decode(head))
}
