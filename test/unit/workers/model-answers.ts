import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor } from 'onnxruntime-web'
import type { AnswerData } from '../../../src/contract/evaluator'
import type { Outcome } from '../../../src/core/failure'
import type { ModelInfo } from '../../../src/core/model'
import type { LabelMapping, ModelBinding } from '../../../src/core/task'
import { AnswerSink } from '../../../workers/evaluator/answer-sink'
import { makeFeeds } from '../../../workers/evaluator/feeds'
import { readBytes } from '../../../workers/evaluator/read-bytes'
import { Reader } from '../../../workers/reader/reader'

const FIXTURES = new URL('../../fixtures/', import.meta.url)

export function unwrap<T>(outcome: Outcome<T> | undefined): T {
  if (outcome === undefined) throw new Error('nothing came back')
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`)
  return outcome.value
}

/** A file of `test/fixtures/`, as a user drops it. */
export function fixtureFile(path: string): File {
  return new File([readFileSync(new URL(path, FIXTURES))], path.split('/').at(-1) ?? '')
}

export interface ModelAnswers {
  readonly model: ModelInfo
  readonly binding: ModelBinding
  readonly labels: LabelMapping | null
  readonly answers: AnswerData
}

/**
 * What a model answers to every row: from the dropped files through reader and task to the real runtime's
 * WASM build.
 */
export async function modelAnswers(
  path: string,
  data: string,
  companions: readonly string[] = [],
): Promise<ModelAnswers> {
  const reader = new Reader(false)
  unwrap(await reader.readDataset(fixtureFile(data), 'd', () => undefined))
  const beside = companions.map(fixtureFile)
  const model = unwrap(await reader.readModel(fixtureFile(path), 'm', beside))
  const proposal = unwrap(await reader.propose('d', [model]))
  const request = { datasetId: 'd', ...proposal, models: [model] }
  const { rows, bindings, labels } = unwrap(await reader.prepare(request))
  const binding = unwrap(bindings['m'])
  const layouts = [...new Set(binding.inputs.map(({ layout }) => layout))]
  const blocks = await Promise.all(
    layouts.map(async (layout) => unwrap(await reader.block(layout, 0, rows))),
  )
  const external = model.external.map(({ path: location }) => ({
    path: location,
    data: beside.find(({ name }) => location.endsWith(name)) ?? new Blob([]),
  }))
  const load = { modelId: 'm', name: model.fileName, backend: 'wasm', threads: 1 } as const
  const size = { binding, batchSize: null, batchLimit: null }
  const file = unwrap(await reader.runnable('m'))
  const { graph, external: externalData } = unwrap(
    await readBytes({ ...load, ...size, file, external }),
  )
  const session = await InferenceSession.create(graph, { externalData, logSeverityLevel: 3 })
  const { output } = binding.output
  const outputs = await session.run(makeFeeds(Tensor, binding, blocks, 0, rows), [output])
  await session.release()
  const tensor = outputs[output]
  if (tensor === undefined) throw new Error(`no output ${output}`)
  const sink = new AnswerSink(binding.output, rows)
  const problem = sink.add([tensor], rows, rows)
  if (problem !== null) throw new Error(problem)
  return { model, binding, labels, answers: sink.take() }
}

/** Largest difference, relative above 1. */
export function worstDifference(
  answers: AnswerData,
  wanted: readonly (readonly number[])[],
): number {
  const flat = wanted.flat()
  if (answers.length !== flat.length) return Infinity
  const differences = flat.map(
    (value, i) => Math.abs(Number(answers[i] ?? NaN) - value) / Math.max(1, Math.abs(value)),
  )
  return differences.some(Number.isNaN) ? Infinity : Math.max(...differences)
}
