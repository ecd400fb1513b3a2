/** Element types of ONNX tensors, by ONNX Runtime's names. */
export type TensorType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'bfloat16'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool'
  | 'string'
  | 'other'

/** A dimension: a fixed size, a name (symbolic, free), or null where the file says nothing. */
export type Dimension = number | string | null

export interface ValueInfo {
  readonly name: string
  readonly type: TensorType
  /** Null for an unknown rank and for sequences and maps. */
  readonly shape: readonly Dimension[] | null
  /** False for the sequences and maps of `ai.onnx.ml` (ZipMap). */
  readonly isTensor: boolean
}

/** A file that holds weights of a model, under the name that the model calls it by. */
export interface ExternalFile {
  readonly path: string
  readonly data: Blob
}

/** What the user has set of how a model is fed and read; all else is found. */
export interface ModelMapping {
  /** Columns by input, in the order in which they are written. */
  readonly inputs: readonly { readonly input: string; readonly columns: readonly string[] }[]
  /** Null: found. */
  readonly output: string | null
}

/** What a model file says of itself, read from its header without running it. Cloneable. */
export interface ModelInfo {
  /** Unique within a comparison. */
  readonly id: string
  /** Shown name: the file's name without its ending, made unique within a comparison. */
  readonly name: string
  readonly fileName: string
  readonly format: 'onnx' | 'ort' | 'sb3-zip'
  /** With its files of weights. */
  readonly bytes: number
  /** With its files of weights. Lower-case hex. */
  readonly sha256: string
  readonly producer: string
  readonly irVersion: number
  /** Version of the default operator set; null where only other domains are imported. */
  readonly opset: number | null
  /** Imported operator domains and versions, the default one as `ai.onnx`. */
  readonly domains: readonly { readonly domain: string; readonly version: number }[]
  /** Files of weights beside the model's own, as it names them. */
  readonly external: readonly { readonly path: string; readonly bytes: number }[]
  /** Elements in all initialisers. */
  readonly parameters: number
  /** Operator type → number of nodes, subgraphs included, by falling count. */
  readonly operators: readonly { readonly type: string; readonly count: number }[]
  /** Of {@link operators}: types known to run on the CPU under WebGPU. Empty for a WASM-only model. */
  readonly cpuOperators: readonly string[]
  /** What the exporter wrote into the file, cut and fit to be shown. */
  readonly metadata: readonly { readonly key: string; readonly value: string }[]
  readonly inputs: readonly ValueInfo[]
  readonly outputs: readonly ValueInfo[]
  /** Class labels that the graph itself names (`classlabels_*` of ai.onnx.ml), in score order. */
  readonly classLabels: readonly string[] | null
  /** Null where the WebGPU build can be tried; else why only the plain WASM build can run it. */
  readonly wasmOnly: string | null
  /** Whether any tensor is float16: on WebGPU an adapter with `shader-f16` is needed. */
  readonly usesFloat16: boolean
  /** Null for a model that is no policy. */
  readonly policy: PolicyInfo | null
  /** Sentences on how the file is read, for the model card. */
  readonly notes: readonly string[]
  /** Sentences on what may go wrong, for the model card. */
  readonly warnings: readonly string[]
  /** Absent: all of it is found. */
  readonly mapping?: ModelMapping
  /** Of one policy with a file per walk-forward window: these, in order. Absent for one file. */
  readonly checkpoints?: readonly ModelInfo[]
}

/** How a policy's graph is led from bar to bar. */
export interface PolicyInfo {
  /** Input that takes the observation. */
  readonly observation: string
  /** Numbers per observation, account features included. */
  readonly observationWidth: number
  /** Axes in front of the numbers. `batch,time` and `time,batch` take many bars in one run. */
  readonly axes: 'batch' | 'batch,time' | 'time,batch'
  /** With a time axis: whether every bar is answered, or the last one alone. */
  readonly answersEveryBar: boolean
  /** Recurrent state, zero at the start of an episode; empty for a policy without memory. */
  readonly states: readonly PolicyStateInfo[]
  /** Output that is read. */
  readonly answer: string
  /** `scores`: one per action; `index`: the action itself; `target`: one continuous action. */
  readonly answerKind: 'scores' | 'index' | 'target'
  /** Null where the action is continuous, and for an index, whose range the graph does not say. */
  readonly actionCount: number | null
  readonly hasFreeBatch: boolean
}

/** A state: an input and the output that holds it for the next bar. */
export interface PolicyStateInfo {
  readonly input: string
  readonly output: string
  /** Where the batch stands, counted from 0. */
  readonly batchAxis: number
  /** All dimensions, 1 at the batch axis. */
  readonly shape: readonly number[]
}

/** `float32 [batch, 64]`, as shown on cards and in messages. */
export function describeValue(value: ValueInfo): string {
  if (!value.isTensor) return 'sequence or map'
  return `${value.type} ${describeShape(value.shape)}`
}

export function describeShape(shape: readonly Dimension[] | null): string {
  return shape === null ? '[unknown]' : `[${shape.map((d) => d ?? '?').join(', ')}]`
}
