import { describe, expect, it, vi } from 'vitest'
import type { Preparation } from '../../../src/contract/reader'
import type { RunRequest } from '../../../src/engine/run-request'
import type { ChosenRows } from '../../../src/core/row-choice'
import { answerKey } from '../../../src/engine/answer-key'

vi.stubGlobal('__RUNTIME_VERSION__', '1.30.0')

/** The parts of a request that name answers; the rest never does. */
type Named = Pick<RunRequest, 'kind' | 'roles' | 'preparation'> & {
  readonly models: readonly { readonly id: string; readonly sha256: string }[]
  readonly dataset: { readonly sha256: string }
}

const preparation: Preparation = {
  timeColumn: null,
  pieces: null,
  policy: null,
  rows: 10,
  droppedRows: 0,
  chosen: null,
  droppedBy: [],
  labels: null,
  layouts: [{ key: 'a,b:float32', columns: ['a', 'b'], type: 'float32' }],
  bindings: {
    m: {
      ok: true,
      value: {
        inputs: [{ input: 'x', layout: 0, type: 'float32', rowShape: [2], hasBatchAxis: true }],
        output: { kind: 'scores', output: 'y', width: 2 },
        fixedBatch: null,
        rowBytes: 16,
      },
    },
  },
  warnings: [],
}

const base: Named = {
  kind: 'classification',
  roles: { target: 'label', features: ['a', 'b'] } as Named['roles'],
  preparation,
  models: [{ id: 'm', sha256: 'aa' }],
  dataset: { sha256: 'bb' },
}

function chosenRows(tableRows: number, sha256: string): ChosenRows {
  const counts = { tableRows, matchedRows: tableRows, completeRows: tableRows }
  return { ...counts, filter: [], sample: null, sha256 }
}

function keyOf(change: Partial<Named> = {}, backend: 'wasm' | 'webgpu' = 'wasm'): string {
  return answerKey({ ...base, ...change } as unknown as RunRequest, 'm', backend)
}

describe('answerKey', () => {
  it('is a SHA-256 in hex, the same for the same inputs', () => {
    expect(keyOf()).toMatch(/^[0-9a-f]{64}$/)
    expect(keyOf({})).toBe(keyOf())
  })

  it.each<[string, Partial<Named>]>([
    ['model bytes', { models: [{ id: 'm', sha256: 'ab' }] }],
    ['data', { dataset: { sha256: 'bc' } }],
    ['target', { roles: { ...base.roles, target: 'other' } }],
    ['features', { roles: { ...base.roles, features: ['b', 'a'] } }],
    ['rows', { preparation: { ...preparation, rows: 9, droppedRows: 1 } }],
    ['chosen rows', { preparation: { ...preparation, chosen: chosenRows(12, 'cc') } }],
    ['task', { kind: 'regression' }],
  ])('changes with the %s', (_, change) => {
    expect(keyOf(change)).not.toBe(keyOf())
  })

  it('knows which rows were chosen, not only how many', () => {
    const key = (chosen: ChosenRows) => keyOf({ preparation: { ...preparation, chosen } })
    expect(key(chosenRows(12, 'cc'))).not.toBe(key(chosenRows(12, 'cd')))
    // A choice that leaves nothing out asks for the same rows as none.
    expect(key(chosenRows(10, 'cc'))).toBe(keyOf())
  })

  it('changes with the backend', () => {
    expect(keyOf({}, 'webgpu')).not.toBe(keyOf())
  })

  it('does not depend on the other models of the run', () => {
    expect(keyOf({ models: [...base.models, { id: 'n', sha256: 'cc' }] })).toBe(keyOf())
  })

  it('refuses a model that could not be bound', () => {
    expect(() => keyOf({ preparation: { ...preparation, bindings: {} } })).toThrow(/no binding/)
  })
})
