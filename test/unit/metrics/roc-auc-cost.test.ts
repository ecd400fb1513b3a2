import { expect, it } from 'vitest'
import { rocAuc } from '../../../src/metrics/roc-auc'
import { cpuTime } from '../cpu-time'

const ROWS = 1_000_000
/** About two on a machine of its own, beyond three among other tests; by rows squared, thousands. */
const SORTS = 6
/** Far above what it takes: a busy machine slows both sides of the ratio. */
const TIMEOUT_MS = 60_000

it(
  'costs a few bare sorts of a million scores',
  () => {
    const truth = new Int32Array(ROWS)
    const probabilities = new Float64Array(ROWS * 2)
    const scores = new Float64Array(ROWS)
    let state = 1
    for (let row = 0; row < ROWS; row += 1) {
      state = (state * 48271) % 2147483647
      const score = state / 2147483647
      truth[row] = state % 3 === 0 ? 1 : 0
      scores[row] = score
      probabilities[row * 2] = 1 - score
      probabilities[row * 2 + 1] = score
    }
    const answers = { rows: ROWS, classes: 2, truth, predicted: truth, probabilities }

    // The first call compiles.
    rocAuc(answers)
    // Interleaved, so that other load on the machine meets both.
    let [sortMs, metricMs] = [Infinity, Infinity]
    for (let round = 0; round < 3; round += 1) {
      sortMs = Math.min(
        sortMs,
        cpuTime(() => void scores.slice().sort()),
      )
      metricMs = Math.min(
        metricMs,
        cpuTime(() => void rocAuc(answers)),
      )
    }
    expect(metricMs / sortMs).toBeLessThanOrEqual(SORTS)
    expect(rocAuc(answers)).toBeCloseTo(0.5, 2)
  },
  TIMEOUT_MS,
)
