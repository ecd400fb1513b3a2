import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor } from 'onnxruntime-web'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/core/dataset'
import type { ModelAnswers } from '../../../src/core/exploration'
import type { Outcome } from '../../../src/core/failure'
import type { ModelInfo } from '../../../src/core/model'
import type { ModelBinding } from '../../../src/core/task'
import { DEFAULT_TOLERANCE } from '../../../src/core/tolerance'
import { readDataset } from '../../../src/data/read-dataset'
import { readAnswers } from '../../../src/exploration/read-answers'
import { readOnnx } from '../../../src/models/read-onnx'
import { prepareTask } from '../../../src/tasks/prepare-task'
import type { PreparedTask } from '../../../src/tasks/prepared-task'
import { proposeTask } from '../../../src/tasks/propose-task'
import { Analysis } from '../../../workers/analysis/analysis'

const DEMO = new URL('../../../public/demo/', import.meta.url)
const FILES = {
  digits_mlp: new URL('digits_mlp.onnx', DEMO),
  digits_mlp_int8: new URL('../../fixtures/models/digits_mlp_int8.onnx', import.meta.url),
}

/** Figures of ONNX Runtime's native build: `test/reference/make_parity.py`. */
const { digits, wilson } = JSON.parse(
  readFileSync(new URL('../../reference/parity.expected.json', import.meta.url), 'utf8'),
) as {
  digits: {
    rows: number
    metrics: Record<string, number>
    changedRows: number[]
    worstRows: number[]
    largest: number[]
  }
  wilson: { hits: number; rows: number; interval: [number, number] }[]
}

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`)
  return outcome.value
}

async function answer(prepared: PreparedTask, id: keyof typeof FILES): Promise<Float32Array> {
  const binding = bindingOf(prepared, id)
  const [input] = binding.inputs
  const data = prepared.block(input?.layout ?? -1, 0, prepared.rows, false)?.data
  const session = await InferenceSession.create(new Uint8Array(readFileSync(FILES[id])))
  const shape = [prepared.rows, ...(input?.rowShape ?? [])]
  const feeds = { [input?.input ?? '']: new Tensor(data as Float32Array, shape) }
  return (await session.run(feeds))[binding.output.output]?.data as Float32Array
}

function bindingOf(prepared: PreparedTask, id: string): ModelBinding {
  return unwrap(prepared.bindings[id] as Outcome<ModelBinding>)
}

/** A float32 model and its quantised copy, from files without labels to figures. */
describe('a quantised model against its original', () => {
  let dataset: Dataset
  let models: ModelInfo[]
  let prepared: PreparedTask

  beforeAll(async () => {
    const csv = readFileSync(new URL('digits.csv', DEMO), 'utf8')
    const features = csv.replaceAll(/,[^,\n]*$/gm, '')
    dataset = unwrap(await readDataset(new File([features], 'pixels.csv'), 'd1', () => undefined))
    models = Object.entries(FILES).map(([id, url]) => {
      return { id, ...unwrap(readOnnx(new Uint8Array(readFileSync(url)), `${id}.onnx`)) }
    })
    const proposal = unwrap(proposeTask(dataset.info, models))
    expect(proposal).toMatchObject({ kind: 'parity', metric: 'topOneAgreement' })
    expect(proposal.roles).toMatchObject({ target: null })
    expect(proposal.roles.features).toHaveLength(64)
    expect(proposal.reason).toContain('no column is left to be a target')
    const parity = { baselineId: 'digits_mlp', tolerance: DEFAULT_TOLERANCE }
    prepared = unwrap(prepareTask(dataset, { ...proposal, models, parity }))
  })

  it('is proposed, with what each model reads and answers', () => {
    expect(prepared).toMatchObject({ rows: digits.rows, referenceId: 'digits_mlp' })
    const parts = [
      { output: 'logits', counterpart: 'logits', width: 10, kind: 'values', type: 'float32' },
    ]
    expect(bindingOf(prepared, 'digits_mlp_int8').output).toMatchObject({ width: 10, parts })
  })

  it('gets the figures of the native runtime', async () => {
    const analysis = new Analysis()
    const { rows, targets, labels } = prepared
    await analysis.begin({ kind: 'parity', rows, targets, labels })
    for (const id of ['digits_mlp', 'digits_mlp_int8'] as const) {
      const data = await answer(prepared, id)
      unwrap(await analysis.addAnswers(id, bindingOf(prepared, id).output, 0, rows, data))
    }
    const own = unwrap(await analysis.score('digits_mlp'))
    expect(own.metrics).toMatchObject({ maxAbsDifference: 0, topOneAgreement: 1, psnr: null })
    const { metrics, details, notes } = unwrap(await analysis.score('digits_mlp_int8'))
    for (const [id, figure] of Object.entries(digits.metrics)) {
      // A step of the quantised activations may be rounded the other way: 1 % of a distance.
      const close = id === 'topOneAgreement' ? 1e-12 : 0.01 * Math.abs(figure) + 1e-12
      expect(Math.abs((metrics[id] ?? NaN) - figure), id).toBeLessThanOrEqual(close)
    }
    expect(details.parity).toMatchObject({
      ...{ against: 'baseline', rows: 629, numbers: 6290, closeRows: 0 },
      changedRows: digits.changedRows.length,
    })
    expect(details.parity?.worst.slice(0, 5).map(({ row }) => row)).toEqual(
      digits.worstRows.slice(0, 5),
    )
    const changed = details.parity?.worst.find(({ row }) => digits.changedRows.includes(row))
    if (changed !== undefined) expect(changed.classes?.[0]).not.toBe(changed.classes?.[1])
    expect(notes).toContain('The class is the largest number of "logits".')

    const compared = unwrap(
      await analysis.compare(
        {
          ...{ modelIds: ['digits_mlp', 'digits_mlp_int8'], trials: 2, seed: 0 },
          ...{ baselineId: null, primaryMetric: 'topOneAgreement', isTimeOrdered: false },
          metrics: ['topOneAgreement', 'withinTolerance', 'meanAbsDifference', 'rmsDifference'].map(
            (id) => ({ id, direction: 'higher' as const }),
          ),
        },
        () => undefined,
      ),
    )
    expect(compared).toMatchObject({ baselineId: 'digits_mlp', comparisons: [], tieGroups: [] })
    expect(compared.methods['topOneAgreement']).toEqual({ method: 'wilson', resamples: null })
    const intervals = compared.intervals[1]?.intervals ?? {}
    const [low = NaN, high = NaN] = intervals['topOneAgreement'] ?? []
    const agreeing = digits.rows - digits.changedRows.length
    const [wanted] = wilson.filter(({ hits, rows: trials }) => hits === agreeing && trials === rows)
    expect(low).toBeCloseTo(wanted?.interval[0] ?? NaN, 12)
    expect(high).toBeCloseTo(wanted?.interval[1] ?? NaN, 12)
    const [lowMean = NaN, highMean = NaN] = intervals['meanAbsDifference'] ?? []
    expect(lowMean).toBeLessThan(metrics['meanAbsDifference'] ?? NaN)
    expect(highMean).toBeGreaterThan(metrics['meanAbsDifference'] ?? NaN)
    expectRows(unwrap(await analysis.rowAnswers(['digits_mlp', 'digits_mlp_int8'])), prepared)
  })
})

/** The baseline is what the other is held against, and no row of its own. */
function expectRows(answers: readonly ModelAnswers[], { targets, labels }: PreparedTask): void {
  expect(answers.map(({ modelId }) => modelId)).toEqual(['digits_mlp_int8'])
  const rows = readAnswers(answers, targets, labels)
  if (rows === null) throw new Error('answers that do not belong together')
  expect(rows.counts).toMatchObject({ anyWrong: digits.changedRows.length, differ: 0 })
  const row = (digits.worstRows[0] ?? 0) - 1
  const difference = rows.cell({ of: 'difference', model: 0 }, row)
  expect(difference).toBeCloseTo(digits.largest[0] ?? NaN, 1)
  expect(rows.cell({ of: 'place', model: 0 }, row)).toMatch(/^logits\[\d\]$/)
  const expected = rows.cell({ of: 'expected', model: 0 }, row) as number
  const given = rows.cell({ of: 'given', model: 0 }, row) as number
  expect(Math.abs(expected - given)).toBeCloseTo(difference as number, 9)
}
