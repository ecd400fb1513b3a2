import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import expected from '../../fixtures/tables/expected.json' with { type: 'json' }
import { contentHash } from '../../../src/core/content-hash'
import { bytesOf, failFiles, fixture, namesOf, numbersOf, readFiles } from './read-file'
import { columnOf } from './read-text'

interface Listed {
  readonly shape: readonly number[]
  readonly values: readonly (number | string | null)[]
}
const listed = expected as unknown as Readonly<Record<string, Listed>>
const unread = new Set('scalar empty no-width objects structured complex'.split(' '))
const arrays = readdirSync(new URL('../../fixtures/tables/', import.meta.url)).filter(
  (name) => name.endsWith('.npy') && listed[name] !== undefined && !unread.has(name.slice(0, -4)),
)

/** Row-major, whatever the columns are. */
async function valuesOf(name: string) {
  const dataset = await readFiles(name)
  const columns = dataset.info.columns.map((info, column) =>
    info.type === 'tensor' ? numbersOf(dataset, column) : columnOf(dataset, column),
  )
  if (columns.length === 1) return columns[0]
  return Array.from({ length: dataset.info.rows }, (_, row) => columns.map((c) => c[row])).flat()
}

describe('NPY', () => {
  it('has files of NumPy to be held against', () => {
    expect(arrays.length).toBeGreaterThan(19)
  })

  it.each(arrays)('reads %s as NumPy does', async (name) => {
    const { values } = listed[name] as Listed
    // JSON knows no infinity, and an empty text is a missing one.
    const wanted = values.map((v) => (v === 'Infinity' ? Infinity : v === '' ? null : v))
    expect(await valuesOf(name)).toEqual(wanted)
  })

  it('makes columns of a matrix, and a tensor of more axes', async () => {
    expect(namesOf(await readFiles('matrix-f4.npy'))).toEqual([
      'matrix-f4_0: number',
      'matrix-f4_1: number',
      'matrix-f4_2: number',
    ])
    const images = await readFiles('images.npy')
    expect(images.info).toMatchObject({
      rows: 6,
      name: 'images.npy',
      bytes: 224,
      sha256: contentHash(bytesOf('images.npy')),
      columns: [{ name: 'images', type: 'tensor', shape: [4, 4], missing: 0, distinct: 0 }],
    })
    expect(images.info.preview[0]).toEqual(['4 × 4 numbers'])
    const [cells] = images.chunks[0]?.columns ?? []
    expect(cells?.kind === 'tensor' && cells.values).toBeInstanceOf(Uint8Array)
  })

  it('counts what is missing, infinite and rounded', async () => {
    const vector = await readFiles('vector-nan.npy')
    expect(vector.info.columns).toEqual([
      { name: 'vector-nan', type: 'number', missing: 1, distinct: 3 },
    ])
    expect(vector.info.warnings).toEqual(['Column "vector-nan" holds an infinite value.'])
    const long = await readFiles('long.npy')
    expect(long.info.warnings).toEqual([
      'Column "long" holds 3 whole numbers beyond 2^53, which lose their last digits.',
    ])
    expect(long.info.columns[0]?.type).toBe('number')
  })

  it.each([
    ['objects.npy', 'file-unsafe', 'Python objects, which are pickled and could run code'],
    ['structured.npy', 'data-malformed', 'a structured array'],
    ['complex.npy', 'data-malformed', 'elements of the type "<c16"'],
    ['scalar.npy', 'no-rows', 'no array with rows'],
    ['empty.npy', 'no-rows', 'holds no rows ("empty")'],
    ['no-width.npy', 'no-rows', 'no array with rows'],
  ])('F56 refuses %s', async (name, code, words) => {
    const failure = await failFiles(name)
    expect(failure).toMatchObject({ code })
    expect(failure.message).toContain(`"${name}" holds`)
    expect(failure.message).toContain(words)
  })

  const header = (text: string, rest = 0) =>
    new File(
      [`\x93NUMPY\x01\0`, Uint8Array.of(text.length % 256, text.length >> 8), text]
        .map((part) =>
          typeof part === 'string' ? Uint8Array.from(part, (c) => c.charCodeAt(0)) : part,
        )
        .concat(new Uint8Array(rest)),
      'h.npy',
    )
  const literal = (descr: string, shape: string) =>
    `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`

  it.each([
    ["'<f8'", '(2,)', 16],
    ["'<f8'", '(2L,)', 16],
    ["'|u1'", '( 4, 2 )', 8],
  ])('reads a header of %s and %s', async (descr, shape, bytes) => {
    const file = header(literal(descr, shape), bytes)
    await expect(readFiles(file)).resolves.toBeDefined()
  })

  it.each([
    ["__import__('os').system('true')", '(2,)', 'no description of an array'],
    ["'<f8' + ''", '(2,)', 'no description of an array'],
    ["'<f8'", '(1+1,)', 'no description of an array'],
    ["'<f8'", '(2)', 'no description of an array'],
    ["'<f8'", '(-2,)', 'no description of an array'],
    ["'<f8'", '(9007199254740993,)', 'impossible shape'],
    ["'<f8'", '(4294967296, 4294967296, 4294967296)', 'impossible shape'],
    ["'<f8'", '(1000000000, 1000)', 'is cut'],
    ["'<f8'", '(1,)', 'more than its array'],
    ["'<f9'", '(2,)', 'type "<f9"'],
    ["'<U99999999'", '(2,)', 'type "<U99999999"'],
    ["'<M8[ns]'", '(2,)', 'type "<M8[ns]"'],
    ["'|O'", '(2,)', 'Python objects'],
    ["[('a', '<f8')]", '(2,)', 'structured'],
  ])('F56 a header of %s and %s', async (descr, shape, words) => {
    const failure = await failFiles(header(literal(descr, shape), 16))
    expect(failure.message).toContain(words)
  })

  it.each([
    ['cut in its data', 160],
    ['cut in its header', 60],
    ['cut in its first bytes', 9],
  ])('refuses an array %s', async (_, length) => {
    const file = new File([bytesOf('matrix-f8.npy').slice(0, length)], 'm.npy')
    expect((await failFiles(file)).message).toMatch(/^"m\.npy" is (cut|no NumPy)/)
  })
})

describe('NPZ', () => {
  it('takes the test of a file that holds training and test, and says so', async () => {
    const dataset = await readFiles('keras.npz')
    expect(namesOf(dataset)).toEqual(['x: tensor', 'y: integer'])
    expect(dataset.info).toMatchObject({ rows: 4, sha256: contentHash(bytesOf('keras.npz')) })
    expect(numbersOf(dataset, 0)).toEqual((expected['keras.npz'] as { x: number[] }).x)
    expect(numbersOf(dataset, 1)).toEqual((expected['keras.npz'] as { y: number[] }).y)
    expect(dataset.info.warnings).toEqual([
      'Left out, being another part of the data: "x_train" (9, 4, 5) and "y_train" (9,).',
    ])
  })

  it('puts the target last and leaves out what has no value per row', async () => {
    const dataset = await readFiles('features.npz')
    expect(namesOf(dataset)).toEqual(['data_0: number', 'data_1: number', 'label: integer'])
    expect(numbersOf(dataset, 1)).toEqual([0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3.25, 3.75, 4.25])
    expect(dataset.info.warnings).toEqual([
      'Left out, having no value for each row: "seed" ().',
      'Left out, having no value for each row: "names" (2,).',
    ])
  })

  it('tells arrays without names apart by their shapes', async () => {
    expect(namesOf(await readFiles('positional.npz'))).toEqual(['arr_0: tensor', 'arr_1: integer'])
  })

  it('refuses a cut archive as damaged data', async () => {
    const file = new File([bytesOf('keras.npz').slice(0, 900)], 'k.npz')
    expect(await failFiles(file)).toMatchObject({ code: 'data-malformed' })
  })
})

describe('IDX', () => {
  it('reads bytes and floats, high byte first', async () => {
    const images = await readFiles('t10k-images-idx3-ubyte')
    expect(images.info.columns).toMatchObject([{ name: 'images', type: 'tensor', shape: [4, 5] }])
    expect(numbersOf(images, 0)).toEqual((expected['keras.npz'] as { x: number[] }).x)
    expect(await valuesOf('heights.idx')).toEqual([-1.5, 2.25, Math.fround(3e10), 0])
  })

  it('reads one that is packed with gzip', async () => {
    const images = await readFiles('t10k-images-idx3-ubyte.gz')
    expect(numbersOf(images, 0)).toEqual((expected['keras.npz'] as { x: number[] }).x)
    expect(images.info).toMatchObject({
      name: 't10k-images-idx3-ubyte.gz',
      bytes: 137,
      sha256: contentHash(bytesOf('t10k-images-idx3-ubyte.gz')),
    })
  })

  it('refuses sizes that the file does not have', async () => {
    const bytes = bytesOf('t10k-images-idx3-ubyte')
    bytes[4] = 0x7f
    const failure = await failFiles(new File([bytes], 'huge'))
    expect(failure.message).toContain('is cut: its header declares (2130706436, 4, 5) of uint8')
    expect(await failFiles(new File([bytes.slice(0, 10)], 'short'))).toMatchObject({
      code: 'data-malformed',
    })
  })
})

describe('arrays in files of their own', () => {
  it.each([
    [
      ['X_test.npy', 'y_test.npy'],
      ['X: tensor', 'y: integer'],
    ],
    [
      ['y_test.npy', 'X_test.npy'],
      ['X: tensor', 'y: integer'],
    ],
    [
      ['t10k-labels-idx1-ubyte', 't10k-images-idx3-ubyte'],
      ['images: tensor', 'labels: integer'],
    ],
    [
      ['t10k-labels-idx1-ubyte', 't10k-images-idx3-ubyte.gz'],
      ['images: tensor', 'labels: integer'],
    ],
    [
      ['X_test.npy', 't10k-labels-idx1-ubyte'],
      ['X: tensor', 'labels: integer'],
    ],
  ])('stand side by side: %j', async (files, names) => {
    const dataset = await readFiles(...files)
    expect(namesOf(dataset)).toEqual(names)
    expect(numbersOf(dataset, 0)).toEqual((expected['keras.npz'] as { x: number[] }).x)
    expect(numbersOf(dataset, 1)).toEqual((expected['keras.npz'] as { y: number[] }).y)
    expect(new Set(dataset.info.files)).toEqual(new Set(files))
    expect(dataset.info.warnings).toEqual([])
  })

  it('are those of the test where all four of MNIST come', async () => {
    const dataset = await readFiles(
      ...['train', 't10k'].flatMap((part) => [
        `${part}-images-idx3-ubyte`,
        `${part}-labels-idx1-ubyte`,
      ]),
    )
    expect(dataset.info).toMatchObject({
      rows: 4,
      name: 't10k-images-idx3-ubyte and 3 more files',
      bytes: 96 + 12 + 196 + 17,
    })
    expect(dataset.info.warnings[0]).toContain('being another part of the data')
  })

  it('with other numbers of rows are refused with their shapes', async () => {
    expect(await failFiles('X_test.npy', 'y_short.npy')).toMatchObject({
      code: 'data-malformed',
      message:
        '"X_test.npy and y_short.npy" holds arrays of different numbers of rows: "X_test" is (4, 4, 5) and "y_short" is (3,).',
    })
  })

  it('are judged by their content', async () => {
    const dataset = await readFiles(fixture('images.npy', 'pictures.csv'))
    expect(dataset.info.columns).toMatchObject([{ name: 'pictures.csv', type: 'tensor' }])
  })
})
