/**
 * What a file may hold: every limit of the readers stands here, with its unit. A limit is held before
 * memory or time of its size is spent, and a failure names it with its figure.
 */
const KIB = 2 ** 10
const MIB = 2 ** 20
const GIB = 2 ** 30

interface Cap {
  readonly value: number
  /** How high a user may raise it for a file of their own: what a tab's memory can bear. */
  readonly most: number
  readonly unit:
    | 'bytes'
    | 'times'
    | 'columns'
    | 'rows'
    | 'files'
    | 'characters'
    | 'values'
    | 'weights'
    | 'pixels'
  /** Completes "The limit of …". */
  readonly of: string
}

/** Limits that a user can raise for a file of their own, by the name that `--limit` takes. */
export const CAPS = {
  columns: { value: 16_384, most: 1_000_000, unit: 'columns', of: 'a table' },
  /** Left out by choice; by default one such row ends the reading. */
  'malformed-rows': {
    value: 0,
    most: 100_000,
    unit: 'rows',
    of: 'malformed rows of a table that are left out',
  },
  'row-length': { value: 16 * MIB, most: 256 * MIB, unit: 'characters', of: 'a row' },
  'json-bytes': { value: 256 * MIB, most: 512 * MIB, unit: 'bytes', of: 'a JSON document' },
  'gzip-bytes': {
    value: 8 * GIB,
    most: 1024 * GIB,
    unit: 'bytes',
    of: 'what a gzip file unpacks to',
  },
  'gzip-ratio': { value: 500, most: 1_000_000, unit: 'times', of: 'what a gzip file unpacks to' },
  /** Pillow warns of a decompression bomb above it: 256 MiB of red, green and blue. */
  'image-pixels': { value: 89_478_485, most: 400_000_000, unit: 'pixels', of: 'an image' },
  /** No photo is larger; read whole before its header is looked at. */
  'image-bytes': { value: 128 * MIB, most: GIB, unit: 'bytes', of: 'an image' },
  /** Tensors stay in memory, each and all. */
  'tensor-bytes': { value: 512 * MIB, most: 2 * GIB - 1, unit: 'bytes', of: 'a recorded tensor' },
  'test-data-bytes': { value: GIB, most: 16 * GIB, unit: 'bytes', of: 'a folder of test data' },
  'archive-files': { value: 4096, most: 1_000_000, unit: 'files', of: 'an archive' },
  'archive-directory-bytes': {
    value: 4 * MIB,
    most: 512 * MIB,
    unit: 'bytes',
    of: 'the directory of an archive',
  },
  'archive-file-bytes': {
    value: 128 * MIB,
    most: 2 * GIB - 1,
    unit: 'bytes',
    of: 'one file in an archive, unpacked',
  },
  'archive-bytes': {
    value: 512 * MIB,
    most: 64 * GIB,
    unit: 'bytes',
    of: 'all files in an archive, unpacked',
  },
  'archive-ratio': {
    value: 100,
    most: 1_000_000,
    unit: 'times',
    of: 'what a file in an archive unpacks to',
  },
  'pickle-bytes': { value: 16 * MIB, most: GIB, unit: 'bytes', of: 'a Python pickle' },
  'pickle-values': { value: 200_000, most: 20_000_000, unit: 'values', of: 'a Python pickle' },
  'settings-bytes': {
    value: 32 * MIB,
    most: 512 * MIB,
    unit: 'bytes',
    of: 'the settings of a policy',
  },
  weights: { value: 64 * MIB, most: 512 * MIB, unit: 'weights', of: 'a policy' },
} as const satisfies Readonly<Record<string, Cap>>

export type CapName = keyof typeof CAPS

/** A limit that a file has met, and the lowest figure that would let it through, as far as is known. */
export interface CapBreach {
  readonly name: CapName
  readonly wanted: number
}

/** What tells a file from others, in the page and in a worker to which it was sent. */
export interface CappedFile {
  readonly name?: string
  readonly size: number
  readonly lastModified?: number
}

/** Raised limits, by file; those of every file under no key. */
const raised = new Map<string, Map<CapName, number>>()
const EVERY_FILE = ''

/** Raises a limit for one file, or for every file that is read from now on; never above its `most`. */
export function raiseCap(file: CappedFile | null, name: CapName, to: number): void {
  const key = file === null ? EVERY_FILE : keyOf(file)
  const caps = raised.get(key) ?? new Map<CapName, number>()
  caps.set(name, Math.min(CAPS[name].most, Math.max(to, caps.get(name) ?? 0)))
  raised.set(key, caps)
}

/**
 * The limit that holds for a file.
 * @param usual of formats whose files are larger by nature than the limit's own value
 */
export function capOf(file: CappedFile, name: CapName, usual: number = CAPS[name].value): number {
  const own = raised.get(keyOf(file))?.get(name) ?? 0
  return Math.max(usual, own, raised.get(EVERY_FILE)?.get(name) ?? 0)
}

/** Takes the limits of a file over to what was unpacked from it. */
export function inheritCaps(from: CappedFile, to: CappedFile): void {
  const caps = raised.get(keyOf(from))
  if (caps !== undefined) raised.set(keyOf(to), caps)
}

/** Whether `--limit` knows the name. */
export function isCapName(name: string): name is CapName {
  return Object.hasOwn(CAPS, name)
}

function keyOf({ name = '', size, lastModified = 0 }: CappedFile): string {
  return `${String(size)} ${String(lastModified)} ${name}`
}

// Limits that nobody has a reason to raise: beyond them there is damage or an attack.

/** Axes of a tensor: NumPy's most, which is more than ONNX Runtime and PyTorch bear. */
export const TENSOR_RANK = 64
/** Inputs of a model's graph, and outputs: a column each, as scikit-learn exports them. */
export const GRAPH_VALUES = 16_384
/** Types of operators that are told apart; ONNX has some 300 in all its domains. */
export const OPERATOR_TYPES = 1000
/** Bytes of an ONNX file: protobuf's own limit, beyond which no file with its weights inside can be. */
export const ONNX_BYTES = 2 * GIB - 1
/** Bytes of a file name in an archive. */
export const ARCHIVE_NAME_BYTES = 512
/** Bytes of the extra fields of a file in an archive; those that are known take less than 100. */
export const ARCHIVE_EXTRA_BYTES = 4 * KIB
/** Marks within marks of a pickle. */
export const PICKLE_MARKS = 256
/** Bytes of one integer of a pickle. NumPy's random state has 17. */
export const PICKLE_INTEGER_BYTES = 64
/** Bytes of a module or class name of a pickle. */
export const PICKLE_NAME_BYTES = KIB
/** Bytes of a file with the statistics of `VecNormalize`. */
export const STATISTICS_BYTES = 16 * MIB
/** Numbers that a space of a policy is made of. */
export const SPACE_SIZE = 1_000_000
/** Different texts in all columns of a table: each takes some 100 bytes beside its characters. */
export const TEXTS = 4_000_000
/** Characters of those texts. */
export const TEXT_CHARACTERS = 256 * MIB
/** Different classes of a target: a comparison of more says nothing that a user could read. */
export const CLASSES = 10_000
/** Bytes of a table's values that stay in memory; more of them go to a scratch file. */
export const VALUES_IN_MEMORY = 128 * MIB
/** Bytes of values that were read back from a scratch file and stay: two chunks of all columns. */
export const VALUES_READ_BACK = 64 * MIB
/** Bytes of a recipe: how a data set is set up, names of a thousand columns included. */
export const RECIPE_BYTES = MIB

// Folders and images

/** Files of a folder. */
export const FOLDER_FILES = 200_000
/** Bytes of the index of a folder. */
export const FOLDER_INDEX_BYTES = 64 * MIB
/** Files of weights beside a model: some have one per tensor; more than this are a mistake or an attack. */
export const EXTERNAL_FILES = 10_000

// Data

/** Objects within objects of a JSON record become columns `outer.inner`; deeper ones are no table. */
export const JSON_DEPTH = 8
/** Missing values take room as others do: at most that many of them per value that is there. */
export const JSON_FILL = 64
/** Axes of an array within a JSON record. */
export const JSON_AXES = 8
/** Bytes of the numbers of a tensor that stand in lists, of which each may take 24 bytes of memory. */
export const TENSOR_LIST_BYTES = 8 * MIB
/** Bytes of an array in Fortran order, which has to be held as a whole to be read by rows. */
export const FORTRAN_BYTES = GIB
export const IDX_AXES = 8
/** Bytes of a NumPy header. NumPy itself reads no more than 10 000 unless it is told to trust the file. */
export const NPY_HEADER_BYTES = 64 * KIB
/** Bytes of one text of a NumPy array. */
export const NPY_TEXT_BYTES = 64 * KIB
/** Bytes of a Parquet footer: tables of thousands of columns and row groups take some tens of MiB. */
export const PARQUET_FOOTER_BYTES = 256 * MIB
export const PARQUET_PAGE_HEADER_BYTES = MIB
/** Bytes of a Parquet page, decoded; writers aim at 1 MiB. */
export const PARQUET_PAGE_BYTES = 512 * MIB
export const PARQUET_PAGE_VALUES = 64 * MIB
/** Numbers of a block of differences in Parquet; writers use 128 in 4 parts. */
export const PARQUET_DELTA_BLOCK = MIB
/** Levels of a schema of Parquet or Arrow. */
export const SCHEMA_DEPTH = 32
/** Rows of a table: row numbers are kept in 32 bits. */
export const TABLE_ROWS = 2 ** 31 - 1
/** Different times of a column that are kept as texts: with more it is a column of numbers. */
export const TIME_TEXTS = MIB
/** Numbers of one list in one row; longer lists are no features of a model. */
export const LIST_LENGTH = 16 * MIB
export const ARROW_METADATA_BYTES = 64 * MIB
/** Bytes of a batch of Arrow records, which is held as a whole. */
export const ARROW_BODY_BYTES = GIB
/** Fields of an Arrow schema, of all levels together. */
export const ARROW_FIELDS = 65_536
export const ARROW_BATCH_ROWS = 128 * MIB

// Reports, links and files at an address

/** Bytes of a report: some hundred policies with windows, trades and curves. A usual one has under 1 MB. */
export const REPORT_BYTES = 64 * MIB
/** Bytes of a part of a comparison: what one string of the browser can bear, with room for its copies. */
export const PART_BYTES = 256 * MIB
/** Parts of a comparison. */
export const PARTS = 10_000
/** Bytes of a history: what it holds in all, and its frame. */
export const HISTORY_BYTES = 128 * MIB
export const HISTORY_COMPARISONS = 1_000
/** Bytes of a document in a link, unpacked. Those that fit have some 100 kB; 12 kB of DEFLATE can hold a thousand times as much. */
export const LINK_BYTES = MIB
/** Characters of a requirement: longer ones, and with them deep nesting, are none. */
export const REQUIREMENT_LENGTH = 1_000
/** Bytes of a file that is fetched; a larger one is better downloaded once and dropped. */
export const FETCH_BYTES = 2 * GIB
/** Characters of an address. */
export const ADDRESS_LENGTH = 2_048
