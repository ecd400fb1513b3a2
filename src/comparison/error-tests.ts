import { dieboldMariano } from '../statistics/diebold-mariano'
import { wilcoxonSignedRank } from '../statistics/wilcoxon-signed-rank'
import type { RegressionEvidence } from './evidence'
import type { NamedTest } from './paired-metric'

type Loss = 'absolute' | 'squared'

/**
 * Tests of the errors of two regressors: Diebold–Mariano where rows are ordered in time, with lags to
 * the cube root of the rows, else Wilcoxon's signed ranks. Each is made once, for all metrics that
 * rest on it.
 */
export class ErrorTests {
  readonly #made = new Map<string, NamedTest>()

  constructor(
    private readonly truth: Float64Array,
    private readonly models: readonly RegressionEvidence[],
    private readonly isTimeOrdered: boolean,
  ) {}

  /** Of the second model's losses minus the first's. */
  test(loss: Loss, first: number, second: number): NamedTest | null {
    const [one, other] = [this.models[first]?.predicted, this.models[second]?.predicted]
    if (one === undefined || other === undefined) return null
    const key = `${loss} ${String(first)} ${String(second)}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const size = (error: number): number => (loss === 'absolute' ? Math.abs(error) : error * error)
    const differences = this.truth.map(
      (actual, row) => size((other[row] as number) - actual) - size((one[row] as number) - actual),
    )
    const test = this.#test(differences)
    this.#made.set(key, test)
    return test
  }

  #test(differences: Float64Array): NamedTest {
    if (this.isTimeOrdered) {
      const horizon = Math.floor(Math.cbrt(differences.length)) + 1
      return { test: 'diebold-mariano', ...dieboldMariano(differences, horizon) }
    }
    const { statistic, pValue, balance, isExact } = wilcoxonSignedRank(differences)
    const test = isExact ? 'wilcoxon-exact' : 'wilcoxon-normal'
    return { test, statistic, pValue, direction: Math.sign(balance) }
  }
}
