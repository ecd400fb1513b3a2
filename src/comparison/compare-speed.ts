import type { Interval } from '../core/comparison'
import type {
  SpeedComparison,
  SpeedEvidence,
  SpeedFigures,
  SpeedModel,
  SpeedModelSamples,
  SpeedSamples,
  SpeedVerdict,
} from '../core/speed'
import { bootstrap } from '../statistics/bootstrap'
import { percentileInterval } from '../statistics/bootstrap-interval'
import { resampledMedian } from '../statistics/resampled-median'
import { sortedQuantile } from '../statistics/sorted-quantile'

/** With fewer blocks an interval of the median says next to nothing. */
const FEWEST_BLOCKS = 6
/** A control whose interval leaves 1 by more than this condemns the whole test. */
const NOISE_LIMIT = 0.03
/** Two sessions of one model may differ by this much by where their memory lies. */
const LEAST_BAND = 0.02

/**
 * Ratios of a speed test with their intervals and verdicts: paired by block, seeded. A candidate is
 * called faster or slower only where its whole interval lies outside of what the baseline against
 * itself showed.
 */
export function compareSpeed({ control, pairs, models, seed }: SpeedEvidence): SpeedFigures {
  const judged = control === null ? null : judgeControl(control, seed)
  const interval = judged?.interval ?? null
  const noise = judged === null ? NO_CONTROL : judged.reason
  const band = interval === null ? LEAST_BAND : bandOf(interval)
  return {
    control: judged,
    comparisons: pairs.map((samples) => judgePair(samples, band, noise, seed)),
    models: models.map(describeModel),
  }
}

const NO_CONTROL = 'The baseline was not measured against itself.'

function judgeControl(samples: SpeedSamples, seed: number): SpeedComparison {
  const measured = measure(samples, seed)
  const { interval } = measured
  const excess = interval === null ? 0 : Math.max(interval[0] - 1, 1 / interval[1] - 1)
  const percent = Math.round(excess * 100)
  const reason =
    measured.reason ??
    (excess > NOISE_LIMIT
      ? `The baseline differs from itself by ${String(percent)} % or more: something else is at work on this machine.`
      : null)
  const verdict = reason === null ? 'no difference found' : 'too noisy to tell'
  return { ...measured, reason, verdict }
}

function judgePair(
  samples: SpeedSamples,
  band: number,
  noise: string | null,
  seed: number,
): SpeedComparison {
  const measured = measure(samples, seed)
  const reason = measured.reason ?? noise
  const { ratio, interval } = measured
  if (reason !== null || ratio === null || interval === null) {
    return { ...measured, reason, verdict: 'too noisy to tell' }
  }
  return { ...measured, reason, verdict: verdictOf(interval, band) }
}

function verdictOf([low, high]: Interval, band: number): SpeedVerdict {
  if (low > 1 + band) return 'slower'
  return high < 1 / (1 + band) ? 'faster' : 'no difference found'
}

/** How far from 1 the control's interval reaches, whichever way. */
function bandOf([low, high]: Interval): number {
  return Math.max(LEAST_BAND, high - 1, 1 / low - 1)
}

function measure(samples: SpeedSamples, seed: number): Omit<SpeedComparison, 'verdict'> {
  const { problem, ...facts } = samples
  const blocks = samples.blocks.filter(
    ({ baselineMs, candidateMs }) => baselineMs > 0 && candidateMs > 0,
  )
  const count = blocks.length
  const ratios = Float64Array.from(blocks, (block) => block.candidateMs / block.baselineMs)
  const ratio = count === 0 ? null : sortedQuantile(ratios.toSorted(), 0.5)
  if (count < FEWEST_BLOCKS) {
    const few = `Only ${String(count)} of at least ${String(FEWEST_BLOCKS)} blocks were measured in the time that a pair gets.`
    return { ...facts, blocks, ratio, interval: null, reason: problem ?? few }
  }
  const [resampled] = bootstrap({
    rows: count,
    seed,
    groups: [resampledMedian(count, () => ratios)],
  })
  const medians = resampled?.figures[0]
  const interval = medians === undefined ? null : percentileInterval(medians)
  return { ...facts, blocks, ratio, interval, reason: problem }
}

function describeModel({ batchMs, rows, ms, ...facts }: SpeedModelSamples): SpeedModel {
  const sorted = Float64Array.from(batchMs).sort()
  const quantile = (share: number) => (sorted.length === 0 ? null : sortedQuantile(sorted, share))
  return {
    ...facts,
    batches: sorted.length,
    batchMs: { p50: quantile(0.5), p95: quantile(0.95) },
    rowsPerSecond: ms > 0 ? (rows / ms) * 1000 : null,
  }
}
