import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { modelAnswers, worstDifference } from './model-answers'

interface Export {
  readonly data: string
  readonly classes: readonly string[] | null
  readonly answers: readonly (readonly number[])[]
}

/** What scikit-learn and LightGBM answer; see test/fixtures/README.md. */
const expected = JSON.parse(
  readFileSync(new URL('../../fixtures/exports/expected.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Export>>

describe('exports of scikit-learn and of gradient boosting', () => {
  it.each(Object.keys(expected))('%s answers as its library does, to 1e-6', async (name) => {
    const { data, classes, answers } = expected[name] as Export
    const found = await modelAnswers(`exports/${name}.onnx`, data)
    expect(found.model.classLabels).toEqual(classes)
    expect(found.labels?.classes ?? null).toEqual(classes)
    expect(found.binding.output.kind).toBe(classes === null ? 'value' : 'scores')
    expect(found.model.wasmOnly).toContain('ai.onnx.ml')
    expect(worstDifference(found.answers, answers)).toBeLessThan(1e-6)
  })
})
