import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor } from 'onnxruntime-web'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/core/failure'
import type { ModelInfo } from '../../../src/core/model'
import type { ModelScores } from '../../../src/core/report'
import type { ModelBinding } from '../../../src/core/task'
import type { Preparation } from '../../../src/contract/reader'
import { Analysis } from '../../../workers/analysis/analysis'
import { makeFeeds } from '../../../workers/evaluator/feeds'
import { Reader } from '../../../workers/reader/reader'

const FIXTURES = new URL('../../fixtures/', import.meta.url)
const MODELS = new URL('models/', FIXTURES)

interface Expected {
  readonly data: string
  readonly target: string
  readonly rows: number
  readonly models: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** scikit-learn's figures; see test/fixtures/README.md. */
const expected = JSON.parse(readFileSync(new URL('expected.json', FIXTURES), 'utf8')) as Readonly<
  Record<string, Expected>
>

function unwrap<T>(outcome: Outcome<T> | undefined): T {
  if (outcome === undefined) throw new Error('nothing came back')
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`)
  return outcome.value
}

function fileAt(url: URL): File {
  return new File([readFileSync(url)], url.pathname.split('/').at(-1) ?? '')
}

async function answer(
  model: ModelInfo,
  binding: ModelBinding,
  rows: number,
  { reader, analysis }: { readonly reader: Reader; readonly analysis: Analysis },
): Promise<ModelScores> {
  const graph = await unwrap(await reader.runnable(model.id)).arrayBuffer()
  const session = await InferenceSession.create(new Uint8Array(graph))
  const batch = binding.fixedBatch ?? rows
  for (let start = 0; start < rows; start += batch) {
    const count = Math.min(batch, rows - start)
    const layouts = [...new Set(binding.inputs.map(({ layout }) => layout))]
    const blocks = await Promise.all(
      layouts.map(async (layout) => unwrap(await reader.block(layout, start, start + count))),
    )
    const feeds = makeFeeds(Tensor, binding, blocks, start, count)
    const { output, width } = { output: binding.output.output, width: binding.output.width }
    const data = (await session.run(feeds, [output]))[output]?.data
    const answers =
      data instanceof BigInt64Array ? Float64Array.from(data, Number) : (data as Float32Array)
    const used = answers.slice(0, count * width)
    unwrap(await analysis.addAnswers(model.id, binding.output, start, start + count, used))
  }
  return unwrap(await analysis.score(model.id))
}

/** Files become figures: reader, the real runtime, analysis; only the page and threads are absent. */
async function compare(data: URL, names: readonly string[]) {
  const reader = new Reader(true)
  const analysis = new Analysis()
  unwrap(await reader.readDataset(fileAt(data), 'd', () => undefined))
  const models: ModelInfo[] = []
  for (const name of names) {
    models.push(unwrap(await reader.readModel(fileAt(new URL(name, MODELS)), name)))
  }
  const proposal = unwrap(await reader.propose('d', models))
  const request = { datasetId: 'd', ...proposal, models }
  const preparation: Preparation = unwrap(await reader.prepare(request))
  const targets = unwrap(await reader.targets())
  const { rows, labels, bindings } = preparation
  await analysis.begin({ kind: proposal.kind, rows, targets, labels })
  const scores = new Map<string, ModelScores>()
  for (const model of models) {
    const binding = bindings[model.id]
    if (binding?.ok !== true) continue
    scores.set(model.id, await answer(model, binding.value, rows, { reader, analysis }))
  }
  return { proposal, preparation, scores }
}

describe('a comparison from files to figures', () => {
  it.each(Object.values(expected))('gives the figures of scikit-learn on $data', async (set) => {
    const names = Object.keys(set.models)
    const { proposal, preparation, scores } = await compare(new URL(set.data, FIXTURES), names)
    expect(proposal.roles.target).toBe(set.target)
    expect(preparation.rows).toBe(set.rows)
    expect([...scores.keys()]).toEqual(names)
    for (const [name, figures] of Object.entries(set.models)) {
      expect(Object.keys(figures).length).toBeGreaterThan(0)
      for (const [id, figure] of Object.entries(figures)) {
        const value = scores.get(name)?.metrics[id] ?? NaN
        const tolerance = 1e-6 * Math.max(1, Math.abs(figure))
        expect(Math.abs(value - figure), `${name} ${id}: ${String(value)}`).toBeLessThan(tolerance)
      }
    }
  })

  it('reads flat, image-shaped, batched, single-row and label-only models of one data set', async () => {
    const names = ['image', 'batch16', 'row', 'label'].map((name) => `digits_${name}.onnx`)
    const data = new URL('../../public/demo/digits.csv', FIXTURES)
    const { preparation, scores } = await compare(data, names)
    expect(preparation.layouts).toHaveLength(1)
    const accuracy = names.map((name) => scores.get(name)?.metrics.accuracy)
    expect(accuracy[0]).toBe(accuracy[3])
    expect(accuracy[1]).toBe(accuracy[2])
    expect(accuracy[0]).toBeCloseTo(587 / 629, 12)
    expect(accuracy[1]).toBeCloseTo(615 / 629, 12)
  })

  it('names the rows that a model answers with NaN, and makes no figure of the others', async () => {
    const { scores } = await compare(new URL('diabetes.csv', FIXTURES), ['diabetes_log.onnx'])
    const log = scores.get('diabetes_log.onnx')
    expect(log?.metrics.rmse).toBeNull()
    expect(log?.warnings[0]).toContain('98 rows of 221')
  })

  it('lets a model of another width fail alone, with both shapes', async () => {
    const names = ['wrong_width.onnx', 'diabetes_mlp.onnx']
    const { preparation, scores } = await compare(new URL('diabetes.csv', FIXTURES), names)
    expect([...scores.keys()]).toEqual(['diabetes_mlp.onnx'])
    const binding = preparation.bindings['wrong_width.onnx']
    if (binding?.ok !== false) throw new Error('it was bound')
    expect(binding.failure.message).toMatch(/wants 13 features .*the data has 10 numeric columns/)
  })
})
