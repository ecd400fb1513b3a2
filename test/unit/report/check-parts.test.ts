import { describe, expect, it } from 'vitest'
import type { Part } from '../../../src/core/part'
import { checkParts, type NamedPart } from '../../../src/report/check-parts'
import { readPart } from '../../../src/report/read-part'

function part(index: number, count: number, parts: Partial<Part['comparison']> = {}): NamedPart {
  return {
    fileName: `p${String(index)}.json`,
    part: {
      schema: 'bakeoff.part/1',
      createdAt: '2026-01-01T00:00:00.000Z',
      generator: { name: 'Bakeoff', version: '1' },
      runtime: { name: 'onnxruntime-web', version: '1.30.0' },
      share: { index, count },
      comparison: {
        dataset: { name: 'd.csv', sha256: 'dd' },
        models: [
          { name: 'a', sha256: 'aa' },
          { name: 'b', sha256: 'bb' },
        ],
        ...{ task: 'classification', settings: { seed: 0, target: 'y' }, fingerprint: 'ff' },
        ...parts,
      },
      ...{ answers: 3, sha256: 'cc', body: '' },
    },
  }
}

function reason(...parts: readonly NamedPart[]): string {
  const outcome = checkParts(parts)
  return outcome.ok ? 'whole' : outcome.failure.message
}

describe('checkParts', () => {
  it('takes parts in any order, and puts them in theirs', () => {
    const outcome = checkParts([part(3, 3), part(1, 3), part(2, 3)])
    expect(outcome.ok && outcome.value.map(({ fileName }) => fileName)).toEqual([
      ...['p1.json', 'p2.json', 'p3.json'],
    ])
  })

  it('names shares that are missing or there twice', () => {
    expect(reason(part(2, 4), part(1, 4))).toBe('2 shares of 4 missing: 3/4 and 4/4.')
    const twin = { ...part(1, 2), fileName: 'again.json' }
    expect(reason(part(1, 2), twin, part(2, 2))).toBe(
      '"p1.json" and "again.json" are both share 1/2.',
    )
    expect(reason()).toBe('There is no part to merge.')
  })

  it.each([
    [{ dataset: { name: 'e.csv', sha256: 'ee' } }, 'other data ("e.csv")'],
    [{ models: [{ name: 'a', sha256: 'aa' }] }, 'it lacks "b"'],
    [
      {
        models: [
          { name: 'a', sha256: 'aa' },
          { name: 'b', sha256: 'xx' },
        ],
      },
      '"b" is another file',
    ],
    [
      {
        models: [
          { name: 'b', sha256: 'bb' },
          { name: 'a', sha256: 'aa' },
        ],
      },
      'its models come in another order, or are others',
    ],
    [{ settings: { seed: 1, target: 'y' } }, 'seed is 1, not 0'],
    [{ settings: { seed: 0 } }, 'target is null, not y'],
    [{ task: 'regression' }, 'the task is regression, not classification'],
    [{ fingerprint: 'gg' }, 'target, features or other settings differ'],
  ])('G64 names a part that does not belong: %j', (parts, why) => {
    expect(reason(part(1, 2), part(2, 2, parts))).toBe(
      `"p2.json" does not belong to "p1.json": ${why}.`,
    )
  })

  it('names parts of another version, and of another split', () => {
    const other = part(2, 2)
    const newer = {
      ...other,
      part: { ...other.part, generator: { name: 'Bakeoff', version: '2' } },
    }
    expect(reason(part(1, 2), newer)).toContain('made by Bakeoff 2, not 1')
    const runtime = { name: 'onnxruntime-web', version: '1.31.0' }
    const moved = { ...other, part: { ...other.part, runtime } }
    expect(reason(part(1, 2), moved)).toContain('run by onnxruntime-web 1.31.0, not 1.30.0')
    expect(reason(part(1, 2), part(2, 3))).toContain('split into 3, not 2')
  })
})

describe('readPart', () => {
  it('reads what was written and refuses everything else', () => {
    const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
    const { part: written } = part(1, 2)
    expect(readPart(bytes(written), 'p.json')).toEqual({ ok: true, value: written })
    for (const wrong of [null, {}, { ...written, share: { index: 3, count: 2 } }]) {
      expect(readPart(bytes(wrong), 'p.json').ok).toBe(false)
    }
  })
})
