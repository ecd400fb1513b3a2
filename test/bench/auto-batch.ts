import type { Page } from 'playwright-core'
import { judge } from './judge'
import { median } from './median'
import type { BenchSection } from './section'

const SWEEP = [4, 16, 64, 256, 1024, 4096]
const ROUNDS = 2
const MODELS = [
  { name: 'digits_mlp', model: 'demo/digits_mlp.onnx', data: 'demo/digits.csv', rows: 400_000 },
  { name: 'digits_cnn', model: 'demo/digits_cnn.onnx', data: 'demo/digits.csv', rows: 100_000 },
  {
    name: 'small MLP (4-8-1)',
    model: 'bench/small_mlp.onnx',
    data: 'bench/small.csv',
    rows: 3_000_000,
  },
]
/** Batch 1 runs fewer rows: it is compared by its rate. */
const SINGLE_SHARE = 0.03

/** The batch size found while running against a sweep of fixed ones, whole evaluations by their rate. */
export async function autoBatch(page: Page): Promise<BenchSection> {
  const rows: string[][] = []
  const verdicts: string[] = []
  for (const { name, model, data, rows: count } of MODELS) {
    const single = await singleRate(page, model, data, count * SINGLE_SHARE)
    await prepare(page, model, data, count)
    const rates = new Map<number | null, number[]>()
    const found: (number | null)[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const batchSize of [null, ...SWEEP]) {
        const result = await evaluate(page, batchSize)
        if (batchSize === null) found.push(result.batchSizes[0] ?? null)
        rates.set(batchSize, [
          ...(rates.get(batchSize) ?? []),
          (count / (result.evaluateMs[0] ?? NaN)) * 1000,
        ])
      }
    }
    const rate = (batchSize: number | null) => median(rates.get(batchSize) ?? [])
    const best = SWEEP.reduce((a, b) => (rate(b) > rate(a) ? b : a))
    const ratio = rate(null) / rate(best)
    rows.push([
      name,
      found.join(', '),
      rate(null).toFixed(0),
      String(best),
      rate(best).toFixed(0),
      single.toFixed(0),
      ratio.toFixed(3),
      (rate(null) / single).toFixed(1),
    ])
    verdicts.push(judge(`${name}, auto / best of the sweep`, ratio, { atLeast: 0.95 }))
    if (name.startsWith('small')) {
      verdicts.push(judge(`${name}, auto / batch 1`, rate(null) / single, { atLeast: 20 }))
    }
  }
  return {
    title: 'Batch size found while running',
    method: `Evaluations to the last answer, 1 thread, ${String(ROUNDS)} rounds, each with every size once (${SWEEP.join(', ')}) and the search; medians in rows per second, the search's own rows included.`,
    header: [
      'model',
      'found',
      'auto rows/s',
      'best fixed',
      'its rows/s',
      'batch 1 rows/s',
      'auto / best',
      'auto / batch 1',
    ],
    rows,
    verdicts,
  }
}

async function singleRate(page: Page, model: string, data: string, rows: number): Promise<number> {
  await prepare(page, model, data, rows)
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.push((rows / ((await evaluate(page, 1)).evaluateMs[0] ?? NaN)) * 1000)
  }
  return median(rates)
}

function prepare(page: Page, model: string, data: string, rows: number): Promise<void> {
  return page.evaluate(([url, csv, count]) => window.bench.prepare([url], csv, count), [
    model,
    data,
    rows,
  ] as const)
}

function evaluate(page: Page, batchSize: number | null) {
  return page.evaluate(
    (size) => window.bench.ours({ batchSize: size, threads: 1, lanes: 1, endsAtScoring: true }),
    batchSize,
  )
}
