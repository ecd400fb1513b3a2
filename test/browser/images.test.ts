import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleFolder, type FolderPart } from '../../src/core/folder-bundle'
import type { Outcome } from '../../src/core/failure'
import type { ImageSettings } from '../../src/core/image-settings'
import { createReaderClient } from '../../src/engine/create-reader-client'
import type { ReaderClient } from '../../src/engine/reader-client'
import expected from '../fixtures/images/expected.json'
import { makeModel, value } from '../unit/tasks/make-model'

const FOLDER = '/test/fixtures/images/'
const AS_THEY_ARE: Partial<ImageSettings> = {
  ...{ resize: 'none', layout: 'nhwc', channels: 'rgb' },
  ...{ scale: 1, mean: [0, 0, 0], std: [1, 1, 1] },
}
const PETS = [1, 2, 3, 4].flatMap((index) => [
  `cat/${String(index)}.png`,
  `dog/${String(index)}.jpg`,
])

let reader: ReaderClient

beforeAll(() => {
  reader = createReaderClient()
})

afterAll(() => {
  reader.close()
})

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.message} ${outcome.failure.detail ?? ''}`)
  return outcome.value
}

async function part(name: string, path = name): Promise<FolderPart> {
  const answer = await fetch(FOLDER + name)
  if (!answer.ok) throw new Error(`no fixture ${name}`)
  return { path, file: await answer.blob() }
}

function text(path: string, content: string): FolderPart {
  return { path, file: new Blob([content]) }
}

async function read(parts: readonly FolderPart[]) {
  return valueOf(await reader.readDataset(bundleFolder('pets', parts), 'd', () => undefined))
}

const parts = (paths: readonly string[]): Promise<FolderPart[]> =>
  Promise.all(paths.map((path) => part(`pets/${path}`, `pets/${path}`)))

const picture = makeModel(
  'picture',
  [value('pixels', 'float32', ['batch', 3, 8, 8])],
  [value('scores', 'float32', ['batch', 2])],
)

describe('pixels', () => {
  // Decoders of lossy formats round in places of their own.
  const lossy = new Set(['plain.jpg', 'progressive.jpg', 'grey.jpg', 'turned.jpg', 'lossy.webp'])

  it.each(Object.entries(expected))('of %s are those of Pillow', async (name, image) => {
    await read([await part(name)])
    const { width, height } = image
    const fitted = await reader.fitImages('d', [], { ...AS_THEY_ARE, width, height })
    expect(valueOf(fitted).images?.leftOut).toEqual([])
    const [seen] = valueOf(await reader.seenImages('d', 1))
    const wanted = Uint8Array.from(atob(image.rgb), (letter) => letter.charCodeAt(0))
    const found = seen?.pixels.filter((_, at) => at % 4 !== 3) ?? []
    expect(found.length).toBe(wanted.length)
    const off = wanted.reduce(
      (most, level, at) => Math.max(most, Math.abs(level - (found[at] ?? 0))),
      0,
    )
    expect(off).toBeLessThanOrEqual(lossy.has(name) ? 2 : 0)
  })
})

describe('a folder per class', () => {
  it('becomes a tensor column that is decoded for the block that is asked for', async () => {
    const info = await read(await parts(PETS))
    expect(info.columns.map(({ name, type }) => [name, type])).toEqual([
      ['image', 'tensor'],
      ['label', 'text'],
      ['file', 'text'],
    ])
    const fitted = valueOf(await reader.fitImages('d', [picture], {}))
    expect(fitted.images?.settings).toMatchObject({
      resize: 'exact',
      width: 8,
      height: 8,
      scale: 1 / 255,
    })
    expect(fitted.columns[0]?.shape).toEqual([3, 8, 8])
    const proposal = valueOf(await reader.propose('d', [picture]))
    expect(proposal).toMatchObject({
      kind: 'classification',
      roles: { target: 'label', features: ['image'] },
    })
    const prepared = await reader.prepare({ datasetId: 'd', ...proposal, models: [picture] })
    expect(valueOf(prepared)).toMatchObject({ rows: 8, droppedRows: 0 })
    const targets = valueOf(await reader.targets())
    expect(targets.kind === 'classification' ? [...targets.classes] : null).toEqual([
      0, 0, 0, 0, 1, 1, 1, 1,
    ])
    const [all, two] = await Promise.all([reader.block(0, 0, 8), reader.block(0, 5, 7)])
    const numbers = valueOf(all).data as Float32Array
    expect(numbers.length).toBe(8 * 3 * 8 * 8)
    expect(numbers.every((level) => level >= 0 && level <= 1)).toBe(true)
    expect([...(valueOf(two).data as Float32Array)]).toEqual([...numbers.slice(5 * 192, 7 * 192)])
  })

  it('gives other numbers, and another hash, with other settings', async () => {
    await read(await parts(PETS))
    const one = valueOf(await reader.fitImages('d', [picture], {}))
    const again = valueOf(await reader.fitImages('d', [picture], {}))
    const two = valueOf(await reader.fitImages('d', [picture], { channels: 'bgr' }))
    expect(again.sha256).toBe(one.sha256)
    expect(two.sha256).not.toBe(one.sha256)
    const wrong = await reader.fitImages('d', [picture], { std: [1, 0, 1] })
    expect(wrong).toMatchObject({
      ok: false,
      failure: { message: 'Deviations are greater than 0.' },
    })
  })

  it('is the same from a zip archive', async () => {
    const folder = await read(await parts([...PETS, 'dog/5.jpg']))
    const zip = new File([(await part('pets.zip')).file], 'pets.zip')
    const info = valueOf(await reader.readDataset(zip, 'z', () => undefined))
    expect(info).toMatchObject({ name: 'pets', rows: 8, sha256: folder.sha256 })
    expect(info.preview).toEqual(folder.preview)
  })
})

describe('images that cannot be used', () => {
  it('G62, H69 are left out by name and cost the others nothing', async () => {
    const names = [
      ...['cut.jpg', 'cut.png', 'cut.webp', 'flipped.png', 'undecodable.png', 'cmyk.jpg'],
      ...['huge.png', 'film.gif', 'script.svg', 'text.png'],
      ...['turned.jpg', 'deep.png', 'animated.webp', 'animated.png', 'plain.png'],
    ]
    const all = await Promise.all(names.map((name) => part(name, `mixed/a/${name}`)))
    const info = await read([
      ...all,
      text('mixed/a/empty.png', ''),
      text('mixed/readme.txt', 'hello'),
    ])
    expect(info.rows).toBe(5)
    expect(
      Object.fromEntries(
        (info.images?.leftOut ?? []).map(({ path, finding }) => [path.slice(8), finding]),
      ),
    ).toEqual({
      'cut.jpg': 'is cut short',
      'cut.png': 'is cut short',
      'cut.webp': 'is cut short',
      'flipped.png': 'is a damaged PNG: a checksum does not fit',
      'undecodable.png': 'could not be decoded: it is damaged',
      'cmyk.jpg': 'is in CMYK, whose colours every decoder reads differently',
      'huge.png': 'has 60,000 × 60,000 pixels, at most 89,478,485 are decoded',
      'film.gif': 'is a GIF, which is not read',
      'script.svg': 'is an SVG, which can run scripts and is not read',
      'text.png': 'is no PNG, JPEG or WebP image',
      'empty.png': 'is empty',
    })
    expect(info.warnings).toEqual([
      '1 image is turned upright, as EXIF says: "mixed/a/turned.jpg".',
      '1 image is of 16 bits per channel, read with 8: "mixed/a/deep.png".',
      '2 images are animated, of which the first frame is read: "mixed/a/animated.png" and others.',
    ])
  })

  it('leave a folder without any as a failure that names one', async () => {
    const outcome = await reader.readDataset(
      bundleFolder('bad', [await part('cut.jpg', 'bad/cut.jpg')]),
      'd',
      () => undefined,
    )
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'no-rows' } })
  })
})

describe('a table of labels beside the images', () => {
  it('gives rows in its order, with all its columns, and says what is missing on either side', async () => {
    const table =
      'image,age,kind\ndog/2.jpg,3,b\ncat/1,5,a\ncat/9.png,4,a\nnone.png,1,\ndog/5.jpg,2,b\n'
    const info = await read([
      ...(await parts(['cat/1.png', 'cat/2.png', 'dog/2.jpg', 'dog/5.jpg'])),
      text('pets/labels.csv', table),
    ])
    expect(info.columns.map(({ name, type }) => [name, type])).toEqual([
      ['image 2', 'tensor'],
      ['age', 'integer'],
      ['kind', 'text'],
      ['image', 'text'],
    ])
    expect(info.preview.map(([, ...cells]) => cells)).toEqual([
      ['3', 'b', 'pets/dog/2.jpg'],
      ['5', 'a', 'pets/cat/1.png'],
    ])
    expect(info.images?.leftOut).toEqual([
      { path: 'pets/dog/5.jpg', finding: 'is cut short' },
      { path: 'cat/9.png', finding: 'is named in "pets/labels.csv" and is missing' },
      { path: 'none.png', finding: 'is named in "pets/labels.csv" and is missing' },
      { path: 'pets/cat/2.png', finding: 'is not named in "pets/labels.csv"' },
    ])
  })
})
