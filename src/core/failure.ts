import type { CapBreach } from './caps'

/**
 * Every way in which Bakeoff can fail, as one closed union. A failure travels as a value
 * (Comlink strips the class and fields of a thrown error) and is handled once: returned or shown.
 */
export type FailureCode =
  // Files
  | 'file-empty'
  | 'file-unreadable'
  | 'file-unrecognised'
  | 'file-too-large'
  // Hostile archives, and pickles that contain code
  | 'file-unsafe'
  // Links, and files at an address
  | 'link-invalid'
  | 'link-version'
  | 'link-too-large'
  | 'address-refused'
  | 'fetch-blocked'
  | 'fetch-stalled'
  | 'hash-mismatch'
  // Models
  | 'model-corrupt'
  | 'model-foreign'
  | 'model-unsupported'
  | 'weights-absent'
  | 'operator-unknown'
  | 'input-dtype'
  | 'input-shape'
  | 'output-shape'
  // Data
  | 'data-malformed'
  | 'no-numeric-feature'
  | 'feature-absent'
  | 'target-absent'
  | 'target-unusable'
  | 'label-mapping'
  // Parity: what is compared with what, and the model that is the reference
  | 'output-mapping'
  | 'reference-failed'
  | 'reference-absent'
  | 'no-rows'
  // Reports
  | 'report-invalid'
  | 'report-version'
  // Running
  | 'run-failed'
  | 'out-of-memory'
  | 'device-lost'
  | 'deadline-missed'
  | 'worker-failed'
  | 'runtime-unavailable'
  | 'parity-disagreement'
  | 'cancelled'
  // Command line and setup
  | 'setting-invalid'
  | 'browser-absent'
  // A bug of ours
  | 'internal'

export interface Failure {
  readonly code: FailureCode
  /** One sentence: which file or model, and what happened. */
  readonly message: string
  /** One sentence: what to do next. */
  readonly advice: string
  /** For the log only: the runtime's own words. */
  readonly detail?: string
  /** Files that a model asks for and that were not there, as it names them. */
  readonly wanted?: readonly string[]
  /** The limit that a file has met, where a user can raise it. */
  readonly cap?: CapBreach
}

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export function success<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function failed(
  code: FailureCode,
  message: string,
  advice: string,
  detail?: string,
): { readonly ok: false; readonly failure: Failure } {
  return {
    ok: false,
    failure: detail === undefined ? { code, message, advice } : { code, message, advice, detail },
  }
}

/** The failure of a file that met a limit which a user can raise. */
export function atCap(
  failure: Failure,
  cap: CapBreach,
): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { ...failure, cap } }
}

/** What a `catch` block got, as text for {@link Failure.detail}. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
