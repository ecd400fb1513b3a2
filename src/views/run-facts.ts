import type { Parity } from '../core/evaluation'
import {
  formatBackend,
  formatCount,
  formatMoment,
  formatQuantity,
  formatSignificant,
} from '../core/format'
import type { ReportModel } from '../core/report'

/** What is told of a model's run beside its figures: the same while it runs and in the report. */
export type ToldRun = Pick<
  ReportModel,
  'status' | 'attempts' | 'failedAttempts' | 'keptRows' | 'parity' | 'backend'
> & {
  readonly error: Pick<NonNullable<ReportModel['error']>, 'code'> | null
  /** ISO 8601 or milliseconds since 1970. */
  readonly keptAt: string | number | null
}

export interface ParityFact {
  readonly tone: 'good' | 'warn' | 'bad'
  /** The word that has the colour; `text` goes on from it. */
  readonly word: string
  readonly text: string
}

export interface RunFacts {
  readonly kept: string | null
  readonly parity: ParityFact | null
  /** The GPU gave wrong answers: WASM would give right ones. */
  readonly isWithheld: boolean
  readonly attempts: string | null
  readonly failedAttempts: readonly { readonly where: string; readonly reason: string }[]
}

/** @param rows that the model was asked */
export function runFacts(run: ToldRun, rows: number): RunFacts {
  return {
    kept: keptFact(run, rows),
    parity: parityFact(run),
    isWithheld: run.error?.code === 'parity-disagreement',
    // A single attempt is told by the model's own fault.
    attempts: run.attempts > 1 ? formatQuantity(run.attempts, 'attempt') : null,
    failedAttempts: run.failedAttempts.map(({ backend, threads, batchLimit, error }) => ({
      where:
        formatBackend(backend, threads) +
        (batchLimit === null ? '' : `, batches of up to ${formatCount(batchLimit)}`),
      reason: error.message,
    })),
  }
}

export function hasFacts({ kept, parity, attempts }: RunFacts): boolean {
  return kept !== null || parity !== null || attempts !== null
}

function keptFact({ keptRows, keptAt }: ToldRun, rows: number): string | null {
  if (keptRows === 0) return null
  if (keptRows < rows) return `went on after ${formatQuantity(keptRows, 'row')}`
  return `kept${keptAt === null ? '' : ` from ${formatMoment(keptAt)}`}, not run again`
}

function parityFact({ parity, backend, status }: ToldRun): ParityFact | null {
  if (parity === null) {
    const isUnchecked = backend === 'webgpu' && status === 'ok'
    return isUnchecked ? { tone: 'warn', word: 'Not checked', text: 'against WASM' } : null
  }
  const rows = formatCount(parity.rows)
  return parity.agrees
    ? {
        tone: 'good',
        word: 'GPU agrees',
        text: `with WASM on ${rows} of ${rows} rows, ${difference(parity)}`,
      }
    : {
        tone: 'bad',
        word: 'GPU disagrees',
        text: `with WASM on ${formatQuantity(parity.rows, 'row')} compared, ${difference(parity)}: figures withheld`,
      }
}

function difference({ maxDifference, agrees }: Parity): string {
  if (maxDifference === 0) return agrees ? 'no difference' : 'in numbers that are not finite'
  const isPlain = maxDifference >= 1e-3 && maxDifference < 1e4
  const shown = isPlain
    ? formatSignificant(maxDifference, 2)
    : maxDifference.toExponential(1).replace('-', '\u2212').replace('+', '')
  return `max difference ${shown}`
}
