import { readFileSync } from 'node:fs'
import type { BacktestOverfitting } from '../../../src/statistics/backtest-overfitting'
import type { FriedmanTest } from '../../../src/statistics/friedman-test'
import { RandomGenerator } from '../../../src/statistics/random-generator'
import type {
  SharpeBootstrapSettings,
  SharpeDifference,
} from '../../../src/statistics/sharpe-difference'

type Numbers = readonly number[]

/** What `test/reference/make_policy_statistics.py` writes. */
interface PolicyStatisticsReference {
  readonly blockLengths: readonly {
    readonly name: string
    readonly values: Numbers
    readonly politisWhite: number
    readonly arch: number
  }[]
  readonly resample: {
    readonly rows: number
    readonly meanLength: number
    readonly seed: number
    readonly indices: Numbers
  }
  readonly sharpeDifferences: readonly {
    readonly name: string
    readonly first: Numbers
    readonly second: Numbers | null
    readonly settings: SharpeBootstrapSettings
    readonly expected: SharpeDifference & { readonly interval: readonly [number, number] }
  }[]
  readonly sharpeProbabilities: readonly {
    readonly returns: Numbers
    readonly sharpe: number
    readonly skewness: number
    readonly kurtosis: number
    readonly psr: number
    readonly dsr: number
  }[]
  readonly overfittings: readonly {
    readonly name: string
    readonly returns: readonly Numbers[]
    readonly expected: Omit<BacktestOverfitting, 'logits'> & { readonly sortedLogits: Numbers }
  }[]
  readonly friedman: readonly (Pick<
    FriedmanTest,
    'averageRanks' | 'chiSquared' | 'imanDavenport'
  > & {
    readonly name: string
    readonly scores: readonly Numbers[]
    readonly criticalDifference: number
    readonly firstAgainstLast: number
  })[]
  readonly studentizedRange: {
    readonly cdf: readonly Numbers[]
    readonly quantiles: readonly Numbers[]
  }
}

export const policyStatisticsReference = JSON.parse(
  readFileSync(new URL('../../reference/policy-statistics.expected.json', import.meta.url), 'utf8'),
) as PolicyStatisticsReference

/** Returns of a policy that remembers its last return; about normal, without skill unless drifting. */
export function randomReturns(rows: number, seed: number, memory = 0, drift = 0): Float64Array {
  const random = new RandomGenerator(seed)
  let last = 0
  return new Float64Array(rows).map(() => {
    let noise = -3
    for (let draw = 0; draw < 6; draw += 1) noise += random.nextFloat()
    last = memory * last + 0.01 * noise
    return last + drift
  })
}
