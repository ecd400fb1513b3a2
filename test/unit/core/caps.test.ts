import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openZip } from '../../../src/archive/zip-archive'
import { zipLimitsOf } from '../../../src/archive/zip-limits'
import { CAPS, capOf, raiseCap, type CapName } from '../../../src/core/caps'
import type { Failure } from '../../../src/core/failure'
import { readAnyway } from '../../../src/core/read-anyway'
import { settle } from '../../../src/core/refusal'
import { readDataset } from '../../../src/data/read-dataset'
import { readTestData } from '../../../src/data/onnx/read-test-data'
import { floatFile } from '../../fixtures/test-data-builder'
import { zipFile } from '../../fixtures/zip-builder'

const MIB = 2 ** 20

async function failureOf(file: File): Promise<Failure> {
  const outcome = await readDataset(file, 'd1', () => undefined)
  if (outcome.ok) throw new Error('was read')
  return outcome.failure
}

async function rowsOf(file: File): Promise<number> {
  const outcome = await readDataset(file, 'd1', () => undefined)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value.info.rows
}

/** The failure's limit raised for the file, as the page's button does it. */
function raise(file: File, { cap }: Failure): void {
  if (cap !== undefined) raiseCap(file, cap.name, cap.wanted)
}

describe('a limit that a file meets', () => {
  const columns = (count: number, name: string) =>
    new File([`${'c,'.repeat(count - 1)}c\n${'1,'.repeat(count - 1)}1\n`], name)

  it('is named with the figure that would let it through, and raised for that file alone', async () => {
    const [mine, other] = [columns(17_000, 'mine.csv'), columns(17_000, 'other.csv')]
    const failure = await failureOf(mine)
    expect(failure.cap).toEqual({ name: 'columns', wanted: 17_000 })
    expect(readAnyway(failure)).toBe('Read up to 17\u202f000 columns')
    raise(mine, failure)
    expect(await rowsOf(mine)).toBe(1)
    expect((await failureOf(other)).cap).toEqual({ name: 'columns', wanted: 17_000 })
  })

  it('goes over to what is unpacked from a gzip file', async () => {
    const text = await columns(17_100, '').text()
    const file = new File([Uint8Array.from(gzipSync(text))], 'wide.csv.gz')
    raise(file, await failureOf(file))
    expect(await rowsOf(file)).toBe(1)
  })

  it('is raised step by step where nobody knows how far a row goes', async () => {
    const file = new File(
      [`a;b\n1;"${'x'.repeat(17 * MIB)}"\n2;${'y'.repeat(2 * MIB)}\n`],
      'long.csv',
    )
    const failure = await failureOf(file)
    expect(failure.cap).toEqual({ name: 'row-length', wanted: 64 * MIB })
    raise(file, failure)
    expect(await rowsOf(file)).toBe(2)
  })

  it('is raised for archives, whatever the usual limit of their format', async () => {
    const bytes = zipFile([{ name: 'a', bytes: new Uint8Array(20 * MIB), method: 8 }])
    const file = new File([bytes], 'zeros.zip')
    const open = () =>
      settle('zeros.zip', async () => (await openZip(file, zipLimitsOf(file))).read('a'))
    const refused = await open()
    if (refused.ok) throw new Error('was opened')
    expect(refused.failure.cap?.name).toBe('archive-ratio')
    raise(file, refused.failure)
    const outcome = await open()
    expect(outcome.ok && outcome.value).toHaveLength(20 * MIB)
    expect(capOf(file, 'archive-bytes', 7 * 2 ** 40)).toBe(7 * 2 ** 40)
  })

  it('is never raised above what a tab can bear, and not offered beyond', () => {
    const file = new File(['x'], 'greedy')
    raiseCap(file, 'columns', 1e12)
    expect(capOf(file, 'columns')).toBe(CAPS.columns.most)
    const cap = { name: 'columns' as const, wanted: 1e12 }
    const failure = { code: 'file-too-large' as const, message: '', advice: '' }
    expect(readAnyway({ ...failure, cap })).toBeNull()
    expect(readAnyway(failure)).toBeNull()
    raiseCap(file, 'columns', 1)
    expect(capOf(file, 'columns')).toBe(CAPS.columns.most)
  })

  it('is raised for a folder and holds for its files, which are not read before', async () => {
    const folder = new File(['x'], 'model')
    const bytes = floatFile('x', [1], [1])
    const size = 600 * MIB
    const file = { path: 'test_data_set_0/input_0.pb', size, bytes: () => Promise.resolve(bytes) }
    const read = () => {
      const about = { file: folder, name: 'model', id: 'd', bytes: size }
      return readTestData(about, [file], () => undefined)
    }
    const refused = await read()
    if (refused.ok) throw new Error('was read')
    expect(refused.failure.message).toContain('a recorded tensor to 629 MB; 537 MB is the most')
    expect(refused.failure.cap).toEqual({ name: 'tensor-bytes', wanted: size })
    raise(folder, refused.failure)
    const outcome = await read()
    expect(outcome.ok && outcome.value.info.rows).toBe(1)
  })

  it('has room above its usual value', () => {
    for (const name of Object.keys(CAPS) as CapName[]) {
      expect(CAPS[name].most).toBeGreaterThan(CAPS[name].value)
    }
  })
})
