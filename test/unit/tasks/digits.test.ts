import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor } from 'onnxruntime-web'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/core/dataset'
import type { Outcome } from '../../../src/core/failure'
import type { ModelInfo } from '../../../src/core/model'
import { readDataset } from '../../../src/data/read-dataset'
import { readOnnx } from '../../../src/models/read-onnx'
import { prepareTask } from '../../../src/tasks/prepare-task'
import type { PreparedTask } from '../../../src/tasks/prepared-task'
import { proposeTask } from '../../../src/tasks/propose-task'
import { taskOf } from '../../../src/tasks/task-registry'

const DEMO = new URL('../../../public/demo/', import.meta.url)
const NAMES = ['digits_linear', 'digits_mlp', 'digits_cnn']

/** Figures made with scikit-learn and the runtime's native build. */
const expected = JSON.parse(
  readFileSync(new URL('../../reference/digits.expected.json', import.meta.url), 'utf8'),
) as { digits: { models: Record<string, Record<string, unknown>> } }

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`)
  return outcome.value
}

/** The demo, from its files to its metrics, with the real runtime. */
describe('the digits demo', () => {
  let dataset: Dataset
  let models: ModelInfo[]
  let prepared: PreparedTask

  beforeAll(async () => {
    const file = new File([readFileSync(new URL('digits.csv', DEMO))], 'digits.csv')
    dataset = unwrap(await readDataset(file, 'd1', () => undefined))
    models = NAMES.map((name) => {
      const bytes = new Uint8Array(readFileSync(new URL(`${name}.onnx`, DEMO)))
      return { id: name, ...unwrap(readOnnx(bytes, `${name}.onnx`)) }
    })
    const proposal = unwrap(proposeTask(dataset.info, models))
    expect(proposal).toMatchObject({ kind: 'classification', metric: 'accuracy' })
    expect(proposal.roles.target).toBe('label')
    expect(proposal.roles.features).toHaveLength(64)
    expect(proposal.reason).toContain('3 of 3 models fit with 64 numeric features')
    prepared = unwrap(prepareTask(dataset, { ...proposal, models }))
  })

  it('shares one layout among flat and image-shaped models', () => {
    expect(prepared).toMatchObject({ rows: 629, droppedRows: 0 })
    expect(prepared.layouts).toHaveLength(1)
    expect(prepared.labels?.classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
  })

  it.each(NAMES)('gives the figures of scikit-learn for %s', async (name) => {
    const binding = unwrap(prepared.bindings[name] as PreparedTask['bindings'][string])
    const { rows } = prepared
    const [input] = binding.inputs
    if (input === undefined) throw new Error('no input')
    const data = prepared.block(input.layout, 0, rows, false)?.data
    const session = await InferenceSession.create(
      new Uint8Array(readFileSync(new URL(`${name}.onnx`, DEMO))),
    )
    const feeds = { [input.input]: new Tensor(data as Float32Array, [rows, ...input.rowShape]) }
    const output = (await session.run(feeds))[binding.output.output]
    const scores = unwrap(
      taskOf('classification').score({
        modelId: name,
        rows,
        output: binding.output,
        data: output?.data as Float32Array,
        targets: prepared.targets,
        labels: prepared.labels,
      }),
    )
    const { confusion, ...figures } = expected.digits.models[`${name}.onnx`] ?? {}
    expect(scores.details.confusion).toEqual(confusion)
    for (const [id, figure] of Object.entries(figures)) {
      expect(scores.metrics[id], id).toBeCloseTo(figure as number, 6)
    }
    expect(Object.keys(figures).length).toBeGreaterThanOrEqual(9)
    expect(scores.metrics.accuracy).toBeCloseTo(figures.accuracy as number, 12)
  })
})
