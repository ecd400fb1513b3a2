import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor } from 'onnxruntime-web'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/core/failure'
import { makeFeeds } from '../../../workers/evaluator/feeds'
import { Reader } from '../../../workers/reader/reader'

const FIXTURES = new URL('../../fixtures/', import.meta.url)

interface Export {
  readonly data: string
  readonly classes: readonly string[] | null
  readonly answers: readonly (readonly number[])[]
}

/** What scikit-learn and LightGBM answer; see test/fixtures/README.md. */
const expected = JSON.parse(
  readFileSync(new URL('exports/expected.json', FIXTURES), 'utf8'),
) as Readonly<Record<string, Export>>

function unwrap<T>(outcome: Outcome<T> | undefined): T {
  if (outcome === undefined) throw new Error('nothing came back')
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`)
  return outcome.value
}

function fileAt(path: string): File {
  return new File([readFileSync(new URL(path, FIXTURES))], path.split('/').at(-1) ?? '')
}

/** What a model answers to every row, from the dropped files to the read output. */
async function answersOf(name: string, data: string) {
  const reader = new Reader(false)
  unwrap(await reader.readDataset(fileAt(data), 'd', () => undefined))
  const model = unwrap(await reader.readModel(fileAt(`exports/${name}.onnx`), name))
  const proposal = unwrap(await reader.propose('d', [model]))
  const request = { datasetId: 'd', ...proposal, models: [model] }
  const { rows, bindings, labels } = unwrap(await reader.prepare(request))
  const binding = unwrap(bindings[name])
  const layouts = [...new Set(binding.inputs.map(({ layout }) => layout))]
  const blocks = await Promise.all(
    layouts.map(async (layout) => unwrap(await reader.block(layout, 0, rows))),
  )
  const graph = new Uint8Array(await unwrap(await reader.runnable(name)).arrayBuffer())
  const session = await InferenceSession.create(graph)
  const { output } = binding.output
  const data_ = (await session.run(makeFeeds(Tensor, binding, blocks, 0, rows), [output]))[output]
  await session.release()
  return { model, binding, labels, answers: data_?.data as Float32Array }
}

describe('exports of scikit-learn and of gradient boosting', () => {
  it.each(Object.keys(expected))('%s answers as its library does, to 1e-6', async (name) => {
    const { data, classes, answers } = expected[name] as Export
    const found = await answersOf(name, data)
    expect(found.model.classLabels).toEqual(classes)
    expect(found.labels?.classes ?? null).toEqual(classes)
    expect(found.binding.output.kind).toBe(classes === null ? 'value' : 'scores')
    expect(found.model.wasmOnly).toContain('ai.onnx.ml')
    const wanted = answers.flat()
    expect(found.answers).toHaveLength(wanted.length)
    const worst = wanted.map((value, i) => {
      const difference = Math.abs((found.answers[i] ?? NaN) - value)
      return difference / Math.max(1, Math.abs(value))
    })
    expect(Math.max(...worst)).toBeLessThan(1e-6)
  })
})
