export type FileSort = 'model' | 'data' | 'unrecognised'

const MODEL_ENDINGS = new Set(['onnx', 'ort'])
const DATA_ENDINGS = new Set(['csv', 'tsv', 'tab', 'txt'])
const FOREIGN_ENDINGS = new Set(
  'jpg jpeg png gif webp svg pdf zip gz 7z tar parquet feather arrow json jsonl npy npz xls xlsx md html js ts py ipynb pkl pt pth safetensors h5 keras pb tflite gguf joblib'.split(
    ' ',
  ),
)
const SNIFFED_BYTES = 512

/**
 * Which reader a file goes to, by the ending of its name; files with an unknown ending by their
 * first bytes: an ONNX file opens with its IR version (protobuf field 1, tag 0x08), a table is text.
 * The reader has the last word on what is inside.
 */
export async function sortFile(file: File): Promise<FileSort> {
  const ending = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? ''
  if (MODEL_ENDINGS.has(ending)) return 'model'
  if (DATA_ENDINGS.has(ending)) return 'data'
  if (FOREIGN_ENDINGS.has(ending)) return 'unrecognised'
  const head = await readHead(file)
  if (head === null || head.length === 0) return 'unrecognised'
  if (head[0] === 0x08) return 'model'
  return isTable(head) ? 'data' : 'unrecognised'
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
