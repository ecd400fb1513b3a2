import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { raiseCap } from '../../../src/core/caps'
import type { Dataset } from '../../../src/core/dataset'
import type { Failure } from '../../../src/core/failure'
import { readAnyway } from '../../../src/core/read-anyway'
import { readDataset } from '../../../src/data/read-dataset'
import { columnOf } from './read-text'

const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))
let files = 0

/** A name of its own for each file: limits are raised by name, size and time. */
function fileOf(content: string | Uint8Array<ArrayBuffer>): File {
  files += 1
  return new File([content], `table-${String(files)}.csv`)
}

async function refused(file: File): Promise<Failure> {
  const outcome = await readDataset(file, 'd', () => undefined)
  if (outcome.ok) throw new Error('was read')
  return outcome.failure
}

/** As the page's button does it. */
async function without(file: File, { cap }: Failure): Promise<Dataset> {
  if (cap === undefined) throw new Error('no choice was offered')
  raiseCap(file, cap.name, cap.wanted)
  const outcome = await readDataset(file, 'd', () => undefined)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

describe('malformed rows', () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>, string, readonly number[], string]>([
    [
      'rows too short and too long',
      'a,b\n1,x\n2\n3,"y\nz"\n4,u,v\n5,w\n6,w\n',
      'line 3: 2 fields wanted as in the first row, 1 found',
      [1, 3, 5, 6],
      '2 malformed rows were left out, as chosen: lines 3 and 6.',
    ],
    [
      'a quote that nothing closes',
      'a,b\n1,x\n2,"y\n3,z\n4,z\n',
      'opens a quote in line 3',
      [1, 3, 4],
      '1 malformed row was left out, as chosen: line 3.',
    ],
    [
      'text behind a closing quote',
      'a,b\n1,x\n2,"y"z\n3,"z" \n',
      'text after a closing quote in line 3',
      [1, 3],
      '1 malformed row was left out, as chosen: line 3.',
    ],
    [
      'NUL bytes, in rows that end in all three ways',
      '\ufeff"a","b"\r\n1,x\r2,\0\n3,y\r\n4,\0\0\r\n',
      'NUL byte in line 3',
      [1, 3],
      '2 malformed rows were left out, as chosen: lines 3 and 5.',
    ],
    [
      'Latin-1 among ASCII',
      latin1('a;b\n1;x\n2;caf\u00e9\n3;y\n'),
      'line 3 holds bytes that are no character',
      [1, 3],
      '1 malformed row was left out, as chosen: line 3.',
    ],
  ])(
    'G58 %s: line, count, and the choice to leave them out',
    async (_, content, words, kept, warning) => {
      const file = fileOf(content)
      const failure = await refused(file)
      const count = Number(/^\d+/.exec(warning)?.[0])
      expect(failure.message).toContain(words)
      expect(failure.advice).toMatch(
        new RegExp(`leave them out: ${String(count)} of ${String(count + kept.length)} rows`),
      )
      expect(readAnyway(failure)).toBe(`Leave out ${String(count)} ${count === 1 ? 'row' : 'rows'}`)
      const dataset = await without(file, failure)
      expect(columnOf(dataset, 0)).toEqual(kept)
      expect(dataset.info.rows).toBe(kept.length)
      expect(dataset.info.warnings).toContain(warning)
    },
  )

  it('G58 the choice is made for one file, and holds within gzip', async () => {
    const text = 'a,b\n1,2\n3\n5,6\n'
    const file = fileOf(Uint8Array.from(gzipSync(text)))
    expect((await without(file, await refused(file))).info.rows).toBe(2)
    expect((await refused(fileOf(text))).cap).toEqual({ name: 'malformed-rows', wanted: 1 })
  })

  it('G58 is no choice where most rows are malformed, or the text is UTF-16', async () => {
    expect((await refused(fileOf('a,b\n1\n2\n3,4\n'))).cap).toBeUndefined()
    const wide = Uint8Array.from(Buffer.from('\ufeffa,b\n1,2\n1,2\n3\n', 'utf16le'))
    expect((await refused(fileOf(wide))).cap).toBeUndefined()
  })

  it('G58 names a few of many lines, far into the file and across slices', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) =>
      i % 12_500 === 7 ? 'odd' : `${String(i)},"q\n${'x'.repeat(i % 80)}"`,
    )
    const file = fileOf(`a,b\n${rows.join('\n')}\n`)
    const dataset = await without(file, await refused(file))
    expect(dataset.info.rows).toBe(100_000 - 8)
    expect(dataset.info.warnings).toContain(
      '8 malformed rows were left out, as chosen: lines 16, 25015, 50014, 75013, 100012 and 3 more.',
    )
  })

  it('G58 what is left can be read, whatever was wrong', async () => {
    const cell = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('1', 'x', '"y"', '"a,b"', '"c\nd"', '"e""f"', '') },
      { weight: 1, arbitrary: fc.constantFrom('"z', '"u"v', '\0', '1,1', '\r', '"w" ') },
    )
    const row = fc.tuple(cell, cell).map((cells) => cells.join(','))
    const property = fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (rows) => {
      const sound = Array.from({ length: rows.length + 1 }, () => 'k,l')
      const file = fileOf(['a,b', ...sound, ...rows, ''].join('\n'))
      const outcome = await readDataset(file, 'd', () => undefined)
      if (outcome.ok || outcome.failure.cap === undefined) return
      const dataset = await without(file, outcome.failure)
      const left = outcome.failure.cap.wanted
      expect(dataset.info.warnings[0]).toMatch(new RegExp(`^${String(left)} malformed`))
      expect(columnOf(dataset, 0).slice(0, sound.length)).toEqual(sound.map(() => 'k'))
    })
    await fc.assert(property, { numRuns: 3000 })
  })
})
