import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { TensorProto_DataLocation } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { unsafeLocation } from '../../../src/models/external-data'
import { readModel } from '../../../src/models/read-model'
import { DataType, model, node, value } from '../../fixtures/onnx-builder'

const bytesOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/forms/${name}`, import.meta.url)))
const fixture = (name: string, as = name) => new File([bytesOf(name)], as)
const empty = (name: string, size = 0) => new File([new Uint8Array(size)], name)

async function read(file: File, companions: readonly File[]) {
  const outcome = await readModel(file, null, companions)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

async function failure(file: File, companions: readonly File[] = []) {
  const outcome = await readModel(file, null, companions)
  if (outcome.ok) throw new Error('was read')
  return outcome.failure
}

/** A model of one tensor of 4 float32 whose weights are said to be elsewhere. */
function asking(entries: Readonly<Record<string, string>>, dims = [4n]): File {
  const tensor = {
    name: 'w',
    dataType: DataType.FLOAT,
    dims,
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
  }
  const bytes = model({
    nodes: [node('Add', ['x', 'w'], ['y'])],
    inputs: [value('x', DataType.FLOAT, ['N', 4])],
    outputs: [value('y', DataType.FLOAT, ['N', 4])],
    tensors: [tensor],
  })
  return new File([bytes as Uint8Array<ArrayBuffer>], 'm.onnx')
}

describe('a model with its weights in other files', () => {
  it('is read with them, in any order, and counts and hashes them', async () => {
    const companions = [empty('notes.md'), fixture('weights.bin')]
    const { header } = await read(fixture('external.onnx'), companions)
    const [graph, weights] = [bytesOf('external.onnx'), bytesOf('weights.bin')]
    expect(header).toMatchObject({
      parameters: 4 * 16 + 16 + 16 * 3 + 3,
      bytes: graph.length + weights.length,
      sha256: createHash('sha256').update(graph).update(weights).digest('hex'),
      external: [{ path: 'weights.bin', bytes: weights.length }],
    })
  })

  it('has another hash with other weights', async () => {
    const first = await read(fixture('external.onnx'), [fixture('weights.bin')])
    const changed = bytesOf('weights.bin')
    changed[100] = (changed[100] ?? 0) ^ 1
    const second = await read(fixture('external.onnx'), [new File([changed], 'weights.bin')])
    expect(second.header.sha256).not.toBe(first.header.sha256)
  })

  it('finds files of folders by the last part of their names', async () => {
    const { header } = await read(fixture('scattered.onnx'), [
      fixture('parts/out', 'out'),
      fixture('hidden'),
    ])
    expect(header.external.map(({ path }) => path)).toEqual(['hidden', 'parts/out'])
  })

  it('D33 names what is wanted and what was given', async () => {
    const missing = await failure(fixture('scattered.onnx'), [
      fixture('hidden'),
      empty('other.bin'),
    ])
    expect(missing).toMatchObject({ code: 'weights-absent', wanted: ['parts/out'] })
    expect(missing.message).toBe(
      '"scattered.onnx" keeps its weights in "parts/out", which is not here; the files added with it are "hidden", "other.bin".',
    )
    const alone = await failure(fixture('external.onnx'))
    expect(alone.message).toBe(
      '"external.onnx" keeps its weights in "weights.bin", which is not here; no other file was added with it.',
    )
    const misnamed = await failure(fixture('external.onnx'), [fixture('weights.bin', 'w (1).bin')])
    expect(misnamed.message).toContain('the files added with it are "w (1).bin"')
    expect(misnamed.advice).toContain('rename')
  })

  it('D33 refuses a file that ends before the tensors do', async () => {
    const short = new File([bytesOf('weights.bin').slice(0, 500)], 'weights.bin')
    const { code, message } = await failure(fixture('external.onnx'), [short])
    expect(code).toBe('model-corrupt')
    expect(message).toContain('"weights.bin" holds 500 B')
    expect(message).toContain('524 B')
  })

  it('refuses two files of one name', async () => {
    const twins = [fixture('weights.bin'), fixture('weights.bin')]
    const { message } = await failure(fixture('external.onnx'), twins)
    expect(message).toContain('several files of that name')
  })
})

describe('locations of weights', () => {
  it.each([
    '../../etc/passwd',
    'a/../../b',
    '..\\weights.bin',
    '/etc/passwd',
    '\\\\host\\share',
    'C:\\weights.bin',
    'https://example.com/w.bin',
    'file:///etc/passwd',
    'data:,x',
    'w\u0000.bin',
    '',
  ])('E37 refuses %j before looking for a file', async (location) => {
    const last = location.split(/[\\/]/).at(-1) ?? ''
    const { code, message, wanted } = await failure(asking({ location }), [empty(last, 99)])
    expect(code).toBe('file-unsafe')
    expect(message).toContain('asks for weights at')
    expect(wanted).toBeUndefined()
  })

  it.each(['weights.bin', './weights.bin', 'onnx/weights..bin', 'constructor', '__proto__'])(
    'takes %j',
    async (location) => {
      expect(unsafeLocation(location)).toBeNull()
      const file = empty(location.split('/').at(-1) ?? '', 16)
      expect((await read(asking({ location }), [file])).header.bytes).toBeGreaterThan(16)
    },
  )

  it('E37 shows long and turned names cleaned', async () => {
    const { message } = await failure(asking({ location: `\u202e${'l'.repeat(10_000)}/../x` }))
    expect(message.length).toBeLessThan(300)
    expect(message).not.toContain('\u202e')
  })

  it.each<[string, Readonly<Record<string, string>>, bigint[]]>([
    ['a negative offset', { offset: '-1' }, [4n]],
    ['a fraction', { offset: '1.5' }, [4n]],
    ['a length below its dimensions', { length: '8' }, [4n]],
    ['2^60 elements', {}, [2n ** 30n, 2n ** 30n]],
    ['a length beyond 2^53', { length: '9999999999999999' }, [4n]],
  ])('refuses %s', async (_, entries, dims) => {
    const file = asking({ location: 'w', ...entries }, dims)
    expect(await failure(file, [empty('w', 16)])).toMatchObject({ code: 'model-corrupt' })
  })

  it('counts the offset', async () => {
    const file = asking({ location: 'w', offset: '4096', length: '16' })
    expect(await failure(file, [empty('w', 4111)])).toMatchObject({ code: 'model-corrupt' })
    expect((await read(file, [empty('w', 4112)])).header.external).toEqual([
      { path: 'w', bytes: 4112 },
    ])
  })
})
