import type { Page } from 'playwright-core'
import { judge } from './judge'
import { median } from './median'
import type { BenchSection } from './section'

const MODELS = 6
const ROWS = 80_000
const ROUNDS = 3
/** About half a second on one core. */
const SPIN_STEPS = 500_000_000

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
      .then((result) => result.wallMs)
  const capacity = () => page.evaluate((steps) => window.bench.capacity(steps), SPIN_STEPS)
  const rounds: { sequential: number; pool: number; capacity: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await capacity()
    const sequential = await wall(1)
    const pool = await wall(2)
    const after = await capacity()
    rounds.push({ sequential, pool, capacity: (before + after) / 2 })
  }
  const gain = median(rounds.map(({ sequential, pool }) => sequential / pool))
  const share = median(rounds.map((round) => round.sequential / round.pool / round.capacity))
  return {
    title: 'What the pool gains',
    method: `${String(MODELS)} × an MLP 64-512-512-10 over ${String(ROWS)} rows, from the click to the last figure, start and load included; 1 thread a lane on both sides; capacity is what two spinning workers do together, before and after each round.`,
    header: ['round', 'one lane ms', 'two lanes ms', 'gain', 'capacity', 'gain / capacity'],
    rows: rounds.map(({ sequential, pool, capacity: c }, index) => [
      String(index + 1),
      sequential.toFixed(0),
      pool.toFixed(0),
      (sequential / pool).toFixed(2),
      c.toFixed(2),
      (sequential / pool / c).toFixed(2),
    ]),
    verdicts: [
      `gain of two lanes over one: **${gain.toFixed(2)}**`,
      judge('gain / capacity', share, { atLeast: 0.95 }),
    ],
  }
}
