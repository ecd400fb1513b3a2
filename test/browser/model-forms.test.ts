import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnswerData } from '../../src/contract/evaluator'
import { DEFAULT_SETTINGS, type Backend, type Machine } from '../../src/core/evaluation'
import type { Outcome } from '../../src/core/failure'
import type { ExternalFile, ModelMapping } from '../../src/core/model'
import { CollectedAnswers } from '../../src/engine/collected-answers'
import { createReaderClient } from '../../src/engine/create-reader-client'
import { detectMachine } from '../../src/engine/detect-machine'
import { GpuHealth } from '../../src/engine/gpu-health'
import { planEvaluation } from '../../src/engine/plan'
import type { ReaderClient } from '../../src/engine/reader-client'
import { runEvaluation } from '../../src/engine/run-evaluation'
// Without an ending the development server takes them for scripts.
import hidden from '../fixtures/forms/hidden?url&inline'
import out from '../fixtures/forms/parts/out?url&inline'

const FIXTURES = '/test/fixtures/'

interface Form {
  readonly model: string
  readonly data: string
  /** Files of weights: address, or path in the fixtures → the name that the model calls them by. */
  readonly weights?: Readonly<Record<string, string>>
  readonly mapping?: ModelMapping
  /** What is said where the model goes to WASM; null: WebGPU runs it. */
  readonly reason: RegExp | null
  /** Of the GPU's numbers from those of WASM. */
  readonly tolerance?: number
}

const ML = /runs on WASM: Uses the operator \w+ of ai\.onnx\.ml, which only the WASM build has\./
const HALF = /runs on WASM: It uses 16-bit floats, which this GPU does not offer \(shader-f16\)\./

const FORMS: readonly Form[] = [
  { model: 'forms/plain.onnx', data: 'iris.csv', reason: null },
  {
    ...{ model: 'forms/external.onnx', data: 'iris.csv', reason: null },
    weights: { 'forms/weights.bin': 'weights.bin' },
  },
  {
    ...{ model: 'forms/scattered.onnx', data: 'iris.csv', reason: null },
    weights: { [hidden]: 'hidden', [out]: 'parts/out' },
  },
  {
    ...{ model: 'forms/two_inputs.onnx', data: 'iris.csv', reason: null },
    mapping: {
      inputs: [
        { input: 'a', columns: ['sepal_length', 'petal_length'] },
        { input: 'b', columns: ['sepal_width', 'petal_width'] },
      ],
      output: 'scores',
    },
  },
  { model: 'forms/half.onnx', data: 'iris.csv', reason: HALF, tolerance: 2e-3 },
  // Numbers between two of 256 steps may be rounded to either.
  { model: 'forms/qdq.onnx', data: 'iris.csv', reason: null, tolerance: 2 / 256 },
  { model: 'forms/qoperator.onnx', data: 'iris.csv', reason: null },
  { model: 'forms/int8_input.onnx', data: 'forms/tenths.csv', reason: null },
  {
    ...{ model: 'forms/plain.ort', data: 'iris.csv' },
    reason: /runs on WASM: Is in the ORT format, whose operators were chosen for the CPU\./,
  },
  { model: 'exports/iris_forest.onnx', data: 'iris.csv', reason: ML },
  { model: 'exports/iris_text.onnx', data: 'exports/iris_text.csv', reason: ML },
  { model: 'exports/cancer_lightgbm.onnx', data: 'breast_cancer.csv', reason: ML },
  { model: 'models/cancer_zipmap.onnx', data: 'breast_cancer.csv', reason: ML },
  { model: 'models/iris_columns.onnx', data: 'iris.csv', reason: null },
  {
    ...{ model: 'models/diabetes_float64.onnx', data: 'diabetes.csv' },
    reason:
      /runs on WASM: Uses float64 tensors \(.*\), which only the WASM build can compute with\./,
  },
]

let reader: ReaderClient
let machine: Machine

beforeAll(async () => {
  reader = createReaderClient()
  machine = await detectMachine()
})

afterAll(() => {
  reader.close()
})

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.message} ${outcome.failure.detail ?? ''}`)
  return outcome.value
}

async function fixture(path: string, name = path.replace(/^.*\//, '')): Promise<File> {
  const answer = await fetch(path.startsWith('data:') ? path : FIXTURES + path)
  if (!answer.ok) throw new Error(`no fixture ${path}`)
  return new File([await answer.blob()], name)
}

interface Ran {
  readonly backend: Backend | null
  readonly answers: readonly (number | string | bigint)[]
  readonly log: string
}

/** One model on its data, as the page runs it; the answers are handed out. */
async function run(form: Form, backend: Backend): Promise<Ran> {
  const weights = await Promise.all(
    Object.entries(form.weights ?? {}).map(async ([path, name]): Promise<ExternalFile> => {
      return { path: name, data: await fixture(path, name.replace(/^.*\//, '')) }
    }),
  )
  const companions = weights.flatMap(({ data }) => (data instanceof File ? [data] : []))
  const file = await fixture(form.model)
  const info = valueOf(await reader.readModel(file, 'm', companions))
  const model = form.mapping === undefined ? info : { ...info, mapping: form.mapping }
  const runnable = valueOf(await reader.runnable('m'))
  const dataset = valueOf(await reader.readDataset(await fixture(form.data), 'd', () => undefined))
  const proposal = valueOf(await reader.propose('d', [model]))
  const { kind, roles, metric: metricId } = proposal
  const preparation = valueOf(
    await reader.prepare({ datasetId: 'd', kind, roles, models: [model] }),
  )
  const binding = preparation.bindings['m']
  if (binding?.ok !== true) throw new Error(binding?.failure.message ?? 'no binding')
  const metrics = valueOf(await reader.tasks()).find((task) => task.kind === kind)?.metrics ?? []
  const metric = metrics.find(({ id }) => id === metricId)
  if (metric === undefined) throw new Error(`no metric ${metricId}`)
  const settings = { ...DEFAULT_SETTINGS, backend, batchSize: 32 }
  const planned = { ...model, rowBytes: binding.value.rowBytes }
  const whole = { start: 0, end: preparation.rows }
  const collected = new CollectedAnswers(new Map([['m', [whole]]]))
  const { done } = runEvaluation(
    {
      ...{ kind, metric, dataset, roles, models: [model], preparation, reader },
      comparison: { metrics, baselineId: null, seed: 0 },
      files: new Map([['m', runnable]]),
      ...(weights.length > 0 && { external: new Map([['m', weights]]) }),
      plan: planEvaluation([planned], preparation.rows, machine, settings),
      ...{ gpu: new GpuHealth(), journal: null, useKept: true, handedOut: collected },
    },
    () => undefined,
  )
  const { runs, events } = await done
  const [ended] = runs
  expect(ended?.status, ended?.failure?.message).toBe('ok')
  const ranges = (collected.byModel.get('m') ?? []).toSorted((a, b) => a.start - b.start)
  return {
    backend: ended?.backend ?? null,
    answers: ranges.flatMap(({ data }) => listed(data)),
    log: events.map(({ text }) => text).join('\n'),
  }
}

function listed(data: AnswerData): readonly (number | string | bigint)[] {
  return [...data]
}

describe('every form of a model on a machine with WebGPU', () => {
  it.each(FORMS)(
    '$model answers as on WASM, or goes there and says why',
    async (form) => {
      const onGpu = await run(form, 'webgpu')
      const hasHalf = form.reason === HALF && machine.adapter?.hasShaderF16 === true
      const reason = hasHalf ? null : form.reason
      expect(onGpu.backend, onGpu.log).toBe(reason === null ? 'webgpu' : 'wasm')
      expect(onGpu.answers.length).toBeGreaterThan(0)
      if (reason !== null) {
        expect(onGpu.log).toMatch(reason)
        return
      }
      const onWasm = await run(form, 'wasm')
      expect(onWasm.backend).toBe('wasm')
      expect(onGpu.answers.length).toBe(onWasm.answers.length)
      for (const [place, answer] of onWasm.answers.entries()) {
        const other = onGpu.answers[place]
        if (typeof answer !== 'number' || typeof other !== 'number') expect(other).toBe(answer)
        else expect(Math.abs(other - answer)).toBeLessThanOrEqual(form.tolerance ?? 1e-4)
      }
    },
    180_000,
  )
})
