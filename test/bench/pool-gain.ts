import type { Page } from 'playwright-core'
import { judge } from './judge'
import { median } from './median'
import type { BenchSection } from './section'

const MODELS = 6
const ROWS = 80_000
const ROUNDS = 3
/** About half a second on one core. */
const SPIN_STEPS = 500_000_000

interface Wall {
  readonly all: number
  /** Until every model has its own figures. */
  readonly scored: number
}

/** Six models on two lanes against one after another, beside what two spinning workers reach. */
export async function poolGain(page: Page): Promise<BenchSection> {
  await page.evaluate(
    ([count, rows]) =>
      window.bench.prepare(
        Array.from({ length: count }, () => 'bench/wide_mlp.onnx'),
        'demo/digits.csv',
        rows,
      ),
    [MODELS, ROWS] as const,
  )
  const wall = (lanes: number) =>
    page
      .evaluate((count) => window.bench.ours({ batchSize: null, threads: 1, lanes: count }), lanes)
      .then(({ wallMs, comparisonMs }) => ({ all: wallMs, scored: wallMs - comparisonMs }))
  const capacity = () => page.evaluate((steps) => window.bench.capacity(steps), SPIN_STEPS)
  const rounds: { sequential: Wall; pool: Wall; capacity: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await capacity()
    const sequential = await wall(1)
    const pool = await wall(2)
    const after = await capacity()
    rounds.push({ sequential, pool, capacity: (before + after) / 2 })
  }
  const gains = (part: keyof Wall) =>
    rounds.map(({ sequential, pool }) => sequential[part] / pool[part])
  const shares = (part: keyof Wall) =>
    gains(part).map((gain, index) => gain / (rounds[index]?.capacity ?? NaN))
  return {
    title: 'What the pool gains',
    method: `${String(MODELS)} × an MLP 64-512-512-10 over ${String(ROWS)} rows, from the click to the last figure, start and load included; "to the scores" leaves out the comparison of all models, which one worker makes at the end; 1 thread a lane on both sides; capacity is what two spinning workers do together, before and after each round.`,
    header: [
      'round',
      'one lane ms',
      'to the scores',
      'two lanes ms',
      'to the scores',
      'gain',
      'capacity',
      'gain / capacity',
    ],
    rows: rounds.map(({ sequential, pool, capacity: c }, index) => [
      String(index + 1),
      ...[sequential.all, sequential.scored, pool.all, pool.scored].map((ms) => ms.toFixed(0)),
      (sequential.all / pool.all).toFixed(2),
      c.toFixed(2),
      (sequential.all / pool.all / c).toFixed(2),
    ]),
    verdicts: [
      `gain of two lanes over one: **${median(gains('all')).toFixed(2)}**`,
      `gain / capacity up to the models’ own figures: **${median(shares('scored')).toFixed(2)}**`,
      judge('gain / capacity', median(shares('all')), { atLeast: 0.95 }),
    ],
  }
}
