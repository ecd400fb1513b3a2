import type { Page } from 'playwright-core'
import { judge } from './judge'
import { median } from './median'
import type { BenchSection } from './section'

const MODELS = ['demo/digits_mlp.onnx', 'demo/digits_cnn.onnx', 'bench/wide_mlp.onnx']
const ROWS = 60_000
const BATCH = 256
const BLOCKS = 6

/** One comparison of three models against the bare runtime in three loops, in ABBA order. */
export async function harnessCost(page: Page): Promise<BenchSection> {
  await page.evaluate(([models, rows]) => window.bench.prepare(models, 'demo/digits.csv', rows), [
    MODELS,
    ROWS,
  ] as const)
  const samples: { ours: number[]; bare: number[]; control: number[] }[] = []
  for (let block = 0; block < BLOCKS; block += 1) {
    // A drift of the machine falls on both alike.
    const first = await ours(page)
    const second = await bare(page)
    const third = await bare(page)
    const fourth = await ours(page)
    samples.push({ ours: mean(first, fourth), bare: mean(second, third), control: third })
  }
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
  const line = (name: string, pick: (values: readonly number[]) => number) => [
    name,
    median(samples.map((sample) => pick(sample.bare))).toFixed(0),
    median(samples.map((sample) => pick(sample.ours))).toFixed(0),
    median(samples.map((sample) => pick(sample.ours) / pick(sample.bare))).toFixed(3),
    median(samples.map((sample) => pick(sample.control) / pick(sample.bare))).toFixed(3),
  ]
  const ratio = median(samples.map((sample) => total(sample.ours) / total(sample.bare)))
  return {
    title: 'What the harness costs',
    method: `Three models in one comparison over ${String(ROWS)} rows, one after another (supervised worker, input tensors built from the table, progress, answers handed on), against ONNX Runtime in a bare loop over ready-made tensors; batch ${String(BATCH)}, 1 thread, fresh workers each time, start and load left out on both sides; ${String(BLOCKS)} blocks in ABBA order, medians; the control is bare against bare.`,
    header: ['model', 'bare ms', 'ours ms', 'ours / bare', 'control'],
    rows: [
      ...MODELS.map((model, index) =>
        line(model.replace(/^.*\/|\.onnx$/g, ''), (values) => values[index] ?? NaN),
      ),
      line('all three', total),
    ],
    verdicts: [judge('all three, ours / bare', ratio, { atMost: 1.03 })],
  }
}

async function ours(page: Page): Promise<readonly number[]> {
  const result = await page.evaluate(
    (batchSize) => window.bench.ours({ batchSize, threads: 1, lanes: 1 }),
    BATCH,
  )
  return result.evaluateMs
}

async function bare(page: Page): Promise<number[]> {
  const times: number[] = []
  for (const index of MODELS.keys()) {
    times.push(
      await page.evaluate(([model, batch]) => window.bench.bare(model, batch, 1), [
        index,
        BATCH,
      ] as const),
    )
  }
  return times
}

function mean(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, index) => (value + (b[index] ?? NaN)) / 2)
}
