import { errorText, type Failure, type FailureCode } from '../../src/core/failure'

interface Rule {
  readonly pattern: RegExp
  readonly code: FailureCode
  readonly message: (name: string, match: RegExpMatchArray) => string
  readonly advice: string
}

const REEXPORT = 'Export the model again, from a framework that writes standard ONNX operators.'

/** ONNX Runtime has no stable error codes: its texts, version 1.30, are mapped here, first match wins. */
const RULES: readonly Rule[] = [
  {
    pattern: /No Op registered for (\S+) with domain_version of (\d+)/,
    code: 'operator-unknown',
    message: (name, match) =>
      `${name} uses the operator ${match[1] ?? '?'} (version ${match[2] ?? '?'}), which this runtime does not have.`,
    advice: REEXPORT,
  },
  {
    pattern: /(\S+)\((-?\d+)\) is not a registered function\/op/,
    code: 'operator-unknown',
    message: (name, match) =>
      `${name} uses the custom operator ${match[1] ?? '?'}, which this runtime does not have.`,
    advice: REEXPORT,
  },
  {
    pattern: /Could not find an implementation for (\w+)/,
    code: 'operator-unknown',
    message: (name, match) =>
      `${name} uses ${match[1] ?? '?'} on an element type that this runtime does not have.`,
    advice: 'Export the model with float32 tensors.',
  },
  {
    pattern: /requires f16 but the device does not support it/,
    code: 'model-unsupported',
    message: (name) => `${name} needs 16-bit floats, which this GPU does not offer.`,
    advice: 'Choose WASM as backend.',
  },
  {
    pattern: /protobuf parsing failed|No graph was found in the protobuf|graph is not acyclic/i,
    code: 'model-corrupt',
    message: (name) => `${name} could not be read: the file is damaged or cut off.`,
    advice: 'Copy or export the file again.',
  },
  {
    pattern: /Unsupported model IR version|only \*guarantees\* support for/,
    code: 'model-unsupported',
    message: (name) => `${name} is written in a newer ONNX version than this runtime reads.`,
    advice: 'Export the model with an older opset, for example 17.',
  },
  {
    pattern: /device (was|is) lost|valid external Instance reference/i,
    code: 'device-lost',
    message: (name) => `The GPU went away while ${name} was running.`,
    advice: 'Compare again, or choose WASM as backend.',
  },
  {
    pattern:
      /bad_alloc|Array buffer allocation failed|offset is out of bounds|SafeIntOnOverflow|out of memory|Failed to allocate|Invalid Buffer|exceeds the max buffer size/i,
    code: 'out-of-memory',
    message: (name) => `${name} needed more memory than the browser gives.`,
    advice: 'Set a smaller batch size under Options, or close other tabs.',
  },
  {
    pattern: /Failed to download data/i,
    code: 'device-lost',
    message: (name) => `The GPU did not give the answers of ${name} back.`,
    advice: 'Compare again, or choose WASM as backend.',
  },
  {
    pattern: /Unexpected input data type[^.]*\.?.*?Actual: \(?(.+?)\)? ?, expected: \(?([^)]+\)?)/,
    code: 'input-dtype',
    message: (name, match) =>
      `${name} was given ${match[1] ?? '?'} where it wants ${match[2] ?? '?'}.`,
    advice: 'Check the model’s input types on its card.',
  },
  {
    pattern: /Got invalid dimensions for input: (\S+)|Invalid rank for input: (\S+)/,
    code: 'input-shape',
    message: (name, match) =>
      `${name} does not take rows of this shape at its input ${match[1] ?? match[2] ?? '?'}.`,
    advice: 'Compare the shape on the model’s card with the features that you chose.',
  },
  {
    pattern: /no available backend found|backend initializing failed|Failed to fetch dynamically/i,
    code: 'runtime-unavailable',
    message: (name) => `The runtime for ${name} could not be started.`,
    advice: 'Check the connection and compare again; if it stays so, reload the page.',
  },
]

/** A runtime's error as a failure that names the model and the next step. */
export function runtimeFailure(name: string, error: unknown): Failure {
  const detail = errorText(error)
  for (const rule of RULES) {
    const match = rule.pattern.exec(detail)
    if (match !== null) {
      return { code: rule.code, message: rule.message(name, match), advice: rule.advice, detail }
    }
  }
  return {
    code: 'run-failed',
    message: `${name} stopped with an error of the runtime.`,
    advice: 'The run log has the runtime’s own words; check the model with other data.',
    detail,
  }
}
