import type { Backend } from '../../src/core/evaluation'
import { displayText, quoted } from '../../src/core/display-text'
import { errorText, type Failure, type FailureCode } from '../../src/core/failure'

/** The model that met an error of the runtime, and where it ran. */
export interface FailedModel {
  readonly name: string
  readonly backend: Backend
  /** Its graph, read where the runtime names an operator without saying which node. */
  readonly file: Blob
}

interface Rule {
  readonly pattern: RegExp
  readonly code: FailureCode
  /** The groups `type` and `node` of the pattern are the operator and, where it is said, its node. */
  readonly message: (where: Where, groups: Groups) => string
  readonly advice: string
}

interface Where {
  readonly name: string
  /** `WASM` or `WebGPU`. */
  readonly backend: string
  /** `the operator Relu (node "a")`; empty where the error names none. */
  readonly operator: string
}

type Groups = Readonly<Record<string, string>>

const REEXPORT = 'Export the model again, from a framework that writes standard ONNX operators.'
const READ_LOG =
  'The run log has the runtime’s own words; check the model in the framework that it comes from.'

/** ONNX Runtime has no stable error codes: its texts, version 1.30, are mapped here, first match wins. */
const RULES: readonly Rule[] = [
  {
    pattern: /No Op registered for (?<type>\S+) with domain_version of (?<version>\d+)/,
    code: 'operator-unknown',
    message: ({ name, backend, operator }, { version = '?' }) =>
      `${name} uses ${operator}, of version ${version} of its operator set, which the runtime does not have on ${backend}.`,
    advice: REEXPORT,
  },
  {
    pattern: /(?:\S+[.:])?(?<type>\w+)\(-?\d+\) is not a registered function\/op/,
    code: 'operator-unknown',
    message: ({ name, backend, operator }) =>
      `${name} uses ${operator}, which is custom: the runtime does not have it on ${backend}.`,
    advice: REEXPORT,
  },
  {
    pattern: /Op registered for (?<type>\S+) is deprecated in domain_version of (?<version>\d+)/,
    code: 'operator-unknown',
    message: ({ name, backend, operator }, { version = '?' }) =>
      `${name} uses ${operator}, which version ${version} of its operator set no longer has: the runtime on ${backend} does not run it.`,
    advice: REEXPORT,
  },
  {
    pattern:
      /Could not find an implementation for (?<type>\w+)(?:\(\d+\) node with name '(?<node>.*?)')?/,
    code: 'operator-unknown',
    message: ({ name, backend, operator }) =>
      `${name} uses ${operator} on an element type for which the runtime on ${backend} does not have it.`,
    advice: 'Export the model with float32 tensors.',
  },
  {
    pattern: /Provider type for (?<type>\w+) node with name '(?<node>.*?)' is not set/,
    code: 'operator-unknown',
    message: ({ name, backend, operator }) =>
      `${name} uses ${operator} where the runtime on ${backend} has nothing to run it.`,
    advice: 'Export the model with float32 tensors.',
  },
  {
    pattern: /Type Error: .*Optype \((?<type>\w+)\).* in node \((?<node>.*?)\)/s,
    code: 'model-corrupt',
    message: ({ name, backend, operator }) =>
      `${name} does not load on ${backend}: ${operator} gets element types that do not go together.`,
    advice: READ_LOG,
  },
  {
    pattern:
      /(?:Node ?\((?<node>.*?)\) Op ?\((?<type>\w+)\) )?\[(?:Shape|Type)InferenceError\] (?<cause>[^\n]+)/,
    code: 'model-corrupt',
    message: ({ name, backend, operator }, { cause = '' }) =>
      `${name} does not load on ${backend}${operator === '' ? '' : ` for ${operator}`}: ${causeOf(cause)}.`,
    advice: READ_LOG,
  },
  {
    pattern: /This is an invalid model\.(?: Error:)? (?<cause>[^\n]+)/,
    code: 'model-corrupt',
    message: ({ name, backend }, { cause = '' }) =>
      `${name} does not load on ${backend}: ${causeOf(cause)}.`,
    advice: READ_LOG,
  },
  {
    pattern: /Invalid model\. Node input '(?<input>.*?)' is not a graph input/,
    code: 'model-corrupt',
    message: ({ name, backend }, { input = '' }) =>
      `${name} does not load on ${backend}: a node reads ${quoted(input)}, which nothing in the graph gives.`,
    advice: READ_LOG,
  },
  {
    pattern: /requires f16 but the device does not support it/,
    code: 'model-unsupported',
    message: ({ name }) => `${name} needs 16-bit floats, which this GPU does not offer.`,
    advice: 'Choose WASM as backend.',
  },
  {
    pattern: /protobuf parsing failed|No graph was found in the protobuf|graph is not acyclic/i,
    code: 'model-corrupt',
    message: ({ name }) => `${name} could not be read: the file is damaged or cut off.`,
    advice: 'Copy or export the file again.',
  },
  {
    pattern:
      /Opset (?<version>\d+) is under development.*official support for domain (?<domain>\S+) is till opset (?<most>\d+)/s,
    code: 'model-unsupported',
    message: ({ name, backend }, { version = '?', domain = '?', most = '?' }) =>
      `${name} is written in opset ${version} of ${quoted(domain)}; the runtime on ${backend} reads up to ${most}.`,
    advice: 'Export the model with an older opset, for example 17.',
  },
  {
    pattern: /Unsupported model IR version|only \*guarantees\* support for/,
    code: 'model-unsupported',
    message: ({ name, backend }) =>
      `${name} is written in a newer ONNX version than the runtime on ${backend} reads.`,
    advice: 'Export the model with an older opset, for example 17.',
  },
  {
    pattern: /device (was|is) lost|valid external Instance reference/i,
    code: 'device-lost',
    message: ({ name }) => `The GPU went away while ${name} was running.`,
    advice: 'Compare again, or choose WASM as backend.',
  },
  {
    pattern:
      /bad_alloc|Array buffer allocation failed|offset is out of bounds|SafeIntOnOverflow|out of memory|Failed to allocate|Invalid Buffer|exceeds the max buffer size/i,
    code: 'out-of-memory',
    message: ({ name }) => `${name} needed more memory than the browser gives.`,
    advice: 'Set a smaller batch size under Options, or close other tabs.',
  },
  {
    pattern: /Failed to download data/i,
    code: 'device-lost',
    message: ({ name }) => `The GPU did not give the answers of ${name} back.`,
    advice: 'Compare again, or choose WASM as backend.',
  },
  {
    pattern:
      /Unexpected input data type[^.]*\.?.*?Actual: \(?(?<actual>.+?)\)? ?, expected: \(?(?<expected>[^)]+\)?)/,
    code: 'input-dtype',
    message: ({ name }, { actual = '?', expected = '?' }) =>
      `${name} was given ${actual} where it wants ${expected}.`,
    advice: 'Check the model’s input types on its card.',
  },
  {
    pattern: /(?:Got invalid dimensions for|Invalid rank for) input: (?<input>\S+)/,
    code: 'input-shape',
    message: ({ name }, { input = '?' }) =>
      `${name} does not take rows of this shape at its input ${input}.`,
    advice: 'Compare the shape on the model’s card with the features that you chose.',
  },
  {
    pattern: /no available backend found|backend initializing failed|Failed to fetch dynamically/i,
    code: 'runtime-unavailable',
    message: ({ name }) => `The runtime for ${name} could not be started.`,
    advice: 'Check the connection and compare again; if it stays so, reload the page.',
  },
  {
    pattern:
      /Non-zero status code returned while running (?<type>\w+) node\. Name:'(?<node>.*?)' Status Message: (?<cause>[^\n]*)/,
    code: 'run-failed',
    message: ({ name, backend, operator }, { cause = '' }) =>
      `${name} stopped on ${backend} at ${operator}: ${causeOf(cause)}.`,
    advice: READ_LOG,
  },
  {
    pattern: /onnxruntime::(?<type>Reshape)Helper.*?was false\. (?<cause>[^\n]*)/s,
    code: 'run-failed',
    message: ({ name, backend, operator }, { cause = '' }) =>
      `${name} stopped on ${backend} at ${operator}: ${causeOf(cause)}.`,
    advice: READ_LOG,
  },
]

const BACKENDS: Readonly<Record<Backend, string>> = { wasm: 'WASM', webgpu: 'WebGPU' }
const LONGEST_CAUSE = 160

/** A runtime's error as a failure that names the model, where it stopped, and the next step. */
export async function runtimeFailure(model: FailedModel, error: unknown): Promise<Failure> {
  const detail = errorText(error)
  const backend = BACKENDS[model.backend]
  const { name } = model
  for (const { pattern, code, message, advice } of RULES) {
    const match = pattern.exec(detail)
    if (match === null) continue
    const groups: Groups = Object.fromEntries(
      Object.entries(match.groups ?? {}).filter((entry) => entry[1] !== undefined),
    )
    const operator = await operatorIn(model, groups)
    return { code, message: message({ name, backend, operator }, groups), advice, detail }
  }
  return {
    code: 'run-failed',
    message: `${name} stopped on ${backend} with an error of the runtime.`,
    advice: 'The run log has the runtime’s own words; check the model with other data.',
    detail,
  }
}

async function operatorIn(model: FailedModel, { type, node = '' }: Groups): Promise<string> {
  if (type === undefined) return ''
  const operator = `the operator ${displayText(type)}`
  const nodes = node === '' ? await nodesIn(model.file, type) : `node ${quoted(node)}`
  return nodes === null ? operator : `${operator} (${nodes})`
}

/** The runtime may have been out of memory, and the file may be gone: then no node is named. */
async function nodesIn(file: Blob, type: string): Promise<string | null> {
  try {
    const { operatorNodes } = await import('../../src/models/operator-nodes')
    return operatorNodes(new Uint8Array(await file.arrayBuffer()), type)
  } catch {
    return null
  }
}

/** The runtime's own words, without the places in its source code that they begin with. */
function causeOf(text: string): string {
  const plain = text
    .replace(/^(?:.*? was false\. |\S+\.(?:h|cc):\d+ \S+ )/, '')
    .replace(/[.\s]+$/, '')
  return displayText(plain, LONGEST_CAUSE)
}
