import type { Page } from 'playwright-core'
import { judge } from './judge'
import { median } from './median'
import type { BenchSection } from './section'

/** Rows are chosen so that one evaluation takes about a second. */
const MODELS = [
  { name: 'digits_linear', rows: 400_000 },
  { name: 'digits_mlp', rows: 200_000 },
  { name: 'digits_cnn', rows: 20_000 },
]
const BATCH = 256
const BLOCKS = 6

/** Our evaluation against the bare runtime in a loop, the same batch, in ABBA order. */
export async function harnessCost(page: Page): Promise<BenchSection> {
  const rows: string[][] = []
  const verdicts: string[] = []
  for (const { name, rows: count } of MODELS) {
    await page.evaluate(
      ([model, rowCount]) =>
        window.bench.prepare([`demo/${model}.onnx`], 'demo/digits.csv', rowCount),
      [name, count] as const,
    )
    const ours = () =>
      page
        .evaluate((batchSize) => window.bench.ours({ batchSize, threads: 1, lanes: 1 }), BATCH)
        .then((result) => result.evaluateMs)
    const bare = () => page.evaluate((batch) => window.bench.bare(batch, 1), BATCH)
    const samples = await interleave(ours, bare)
    const ratio = median(samples.map(({ a, b }) => a / b))
    const control = median(samples.map(({ b, control: c }) => c / b))
    rows.push([
      name,
      String(count),
      median(samples.map(({ b }) => b)).toFixed(0),
      median(samples.map(({ a }) => a)).toFixed(0),
      ratio.toFixed(3),
      control.toFixed(3),
    ])
    verdicts.push(judge(`${name}, ours / bare`, ratio, { atMost: 1.03 }))
  }
  return {
    title: 'What the harness costs',
    method: `Our evaluation (supervised worker, pieces, progress, answers handed on) against ONNX Runtime in a bare loop; batch ${String(BATCH)}, 1 thread, a fresh worker each time, start and load left out on both sides; ${String(BLOCKS)} blocks in ABBA order, medians; the control is bare against bare.`,
    header: ['model', 'rows', 'bare ms', 'ours ms', 'ours / bare', 'control'],
    rows,
    verdicts,
  }
}

/** Blocks of ours, bare, bare, ours: a drift of the machine falls on both alike. */
async function interleave(ours: () => Promise<number>, bare: () => Promise<number>) {
  const samples: { a: number; b: number; control: number }[] = []
  for (let block = 0; block < BLOCKS; block += 1) {
    const first = await ours()
    const second = await bare()
    const third = await bare()
    const fourth = await ours()
    samples.push({ a: (first + fourth) / 2, b: (second + third) / 2, control: third })
  }
  return samples
}
