import { formatFixed, formatList, formatQuantity } from '../core/format'
import type { SpeedComparison, SpeedTest } from '../core/speed'

/** One sentence for each candidate: `digits_cnn is slower than digits_mlp: it takes 3.10 times …`. */
export function describeSpeedTest({ comparisons }: SpeedTest): readonly string[] {
  return comparisons.map(describe)
}

function describe({ baseline, candidate, ratio, interval, verdict, ...rest }: SpeedComparison) {
  const blocks = formatQuantity(rest.blocks.length, 'block')
  if (verdict === 'too noisy to tell') {
    return `${candidate} against ${baseline}: too noisy to tell. ${rest.reason ?? ''}`.trimEnd()
  }
  const range =
    interval === null ? '' : `95 % interval ${factor(interval[0])} to ${factor(interval[1])}, `
  const times = `${factor(ratio ?? 1)} times the time, ${range}${blocks}`
  if (verdict === 'no difference found') {
    return `${candidate} against ${baseline}: no difference in speed found (${times}).`
  }
  return `${candidate} is ${verdict} than ${baseline} (${times}).`
}

function factor(value: number): string {
  return formatFixed(value, 2)
}

/** On what a speed test rests, one sentence each. */
export function describeSpeedConditions(test: SpeedTest): readonly string[] {
  const { control, comparisons, timerStepMs, notes } = test
  const pairs = control === null ? comparisons : [control, ...comparisons]
  const dropped = pairs.reduce((sum, pair) => sum + pair.droppedBlocks, 0)
  const unsteady = test.models.filter(({ warmUp }) => !warmUp.isSteady).map(({ name }) => name)
  const [low, high] = control?.interval ?? []
  const clock = timerStepMs < 0.01 ? timerStepMs.toFixed(3) : timerStepMs.toFixed(2)
  return [
    'Timed in turn in one worker on the same rows, baseline, candidate, candidate, baseline, one run at a time and with nothing else of Bakeoff at work; warm-up is left out.',
    ...(low === undefined || high === undefined
      ? []
      : [
          `${test.baseline} against itself: ${factor(low)} to ${factor(high)} times its own time; what lies within is no difference.`,
        ]),
    `The clock moves in steps of ${clock} ms.`,
    ...(dropped > 0
      ? [
          `${formatQuantity(dropped, 'block')} left out, in which the tab was hidden or the machine slept.`,
        ]
      : []),
    ...(unsteady.length > 0
      ? [`Not steady within 5 % when the time for warming up was over: ${formatList(unsteady)}.`]
      : []),
    ...notes,
  ]
}
