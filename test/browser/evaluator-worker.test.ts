import { proxy, wrap, type Remote } from 'comlink'
import { afterEach, expect, test } from 'vitest'
import type { AnswerChunk, EvaluatorApi } from '../../src/contract/evaluator'
import type { Backend } from '../../src/core/evaluation'
import type { ModelBinding } from '../../src/core/task'
import expected from '../reference/digits.expected.json'

const FEATURES = 64
const workers: Worker[] = []

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate()
})

function startEvaluator(): Remote<EvaluatorApi> {
  const worker = new Worker(new URL('../../workers/evaluator.worker.ts', import.meta.url), {
    type: 'module',
  })
  workers.push(worker)
  return wrap<EvaluatorApi>(worker)
}

/** The demo data as the file writes it: 64 pixels and the label. */
async function readDigits(): Promise<{ pixels: Float32Array; labels: number[] }> {
  const text = await (await fetch('/demo/digits.csv')).text()
  const rows = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number))
  return {
    pixels: Float32Array.from(rows.flatMap((row) => row.slice(0, FEATURES))),
    labels: rows.map((row) => row[FEATURES] ?? NaN),
  }
}

const binding: ModelBinding = {
  inputs: [{ input: 'features', layout: 0, type: 'float32', rowShape: [64], hasBatchAxis: true }],
  output: { kind: 'scores', output: 'logits', width: 10 },
  fixedBatch: null,
  rowBytes: (FEATURES + 10) * 4,
}

function argmax(scores: ArrayLike<number>, row: number): number {
  let best = 0
  for (let c = 1; c < 10; c++) {
    if ((scores[row * 10 + c] ?? 0) > (scores[row * 10 + best] ?? 0)) best = c
  }
  return best
}

test.each<Backend>(['wasm', 'webgpu'])(
  'the evaluator worker answers the demo rows on %s as scikit-learn scores them',
  async (backend) => {
    const { pixels, labels } = await readDigits()
    const file = await (await fetch('/demo/digits_linear.onnx')).blob()
    const evaluator = startEvaluator()
    const loaded = await evaluator.load({
      modelId: 'linear',
      name: 'digits_linear',
      file,
      backend,
      threads: 2,
      binding,
      batchSize: null,
      batchLimit: null,
    })
    expect(loaded).toMatchObject({ ok: true, value: { threads: backend === 'wasm' ? 2 : 1 } })
    const chunks: AnswerChunk[] = []
    await evaluator.connect(
      proxy((chunk) => {
        chunks.push(chunk)
      }),
      proxy(() => undefined),
    )
    const outcome = await evaluator.evaluate({
      modelId: 'linear',
      start: 0,
      end: labels.length,
      blocks: [{ layout: 0, start: 0, rows: labels.length, data: pixels }],
      budgetMs: 60_000,
    })
    expect(outcome).toEqual({ ok: true, value: labels.length })
    const scores = chunks.flatMap(({ data }) => [...(data as Float32Array)])
    expect(scores).toHaveLength(labels.length * 10)
    const correct = labels.filter((label, row) => argmax(scores, row) === label).length
    const accuracy = expected.digits.models['digits_linear.onnx'].accuracy
    expect(correct / labels.length).toBeCloseTo(accuracy, 6)
  },
)
