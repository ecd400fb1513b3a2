import { describe, expect, it } from 'vitest'
import { bundleFolder, readFolderBundle } from '../../../../src/core/folder-bundle'
import { folderLabels } from '../../../../src/data/images/folder-labels'
import { matchImageNames } from '../../../../src/data/images/match-image-names'
import { bundleFolders } from '../../../../src/state/bundle-folders'
import { proposeImages, resolveImages } from '../../../../src/tasks/propose-images'
import { makeModel, value } from '../../tasks/make-model'

const dropped = (path: string, content = '') => ({
  path,
  file: new File([content], path.replace(/^.*\//, '')),
})

describe('folderLabels', () => {
  it.each<[readonly string[], readonly (string | null)[], readonly string[]]>([
    [['pets/cat/1.png', 'pets/dog/a/2.png'], ['cat', 'dog'], []],
    [['cat/1.png', 'dog/2.png', '3.png'], ['cat', 'dog', null], []],
    [['pets/cat/1.png', 'pets/cat/2.png'], ['cat', 'cat'], []],
    [['1.png', '2.png'], [null, null], []],
    [
      ['d/train/cat/1.png', 'd/val/dog/2.png'],
      ['cat', 'dog'],
      ['train', 'val'],
    ],
    [['test/1.png', 'train/2.png'], ['test', 'train'], []],
    [['__proto__/1.png', 'constructor/2.png'], ['__proto__', 'constructor'], []],
  ])('of %j are %j', (paths, labels, splits) => {
    expect(folderLabels(paths)).toEqual({ labels, splits })
  })
})

describe('matchImageNames', () => {
  it('finds images by path, end of path and stem, and none where two could be meant', () => {
    const paths = ['a/1.png', 'b/1.png', 'b/2.jpg']
    const names = ['a/1.png', '1.png', '2', './b/2', 'b\\1.png', '3', null, '__proto__']
    expect([...matchImageNames(names, paths)]).toEqual([0, -1, 2, 2, 1, -1, -1, -1])
  })
})

describe('a bundle', () => {
  it('gives back what went in', async () => {
    const parts = [dropped('x/a.png', 'abc'), dropped('x/__proto__', ''), dropped('ä.csv', 'de')]
    const read = await readFolderBundle(bundleFolder('x', parts))
    const texts = await Promise.all(
      (read ?? []).map(async ({ path, file }) => [path, await file.text()]),
    )
    expect(texts).toEqual([
      ['x/a.png', 'abc'],
      ['x/__proto__', ''],
      ['ä.csv', 'de'],
    ])
  })

  it('that is cut, longer or changed is refused', async () => {
    const bytes = new Uint8Array(await bundleFolder('x', [dropped('a', 'abc')]).arrayBuffer())
    expect(await readFolderBundle(new Blob([bytes.slice(0, -1)]))).toBeNull()
    expect(await readFolderBundle(new Blob([bytes, 'x']))).toBeNull()
    for (let at = 0; at < 23; at++) {
      const changed = bytes.map((byte, place) => (place === at ? byte ^ 0x55 : byte))
      expect(await readFolderBundle(new Blob([changed])), String(at)).toBeNull()
    }
  })
})

describe('bundleFolders', () => {
  const names = async (files: readonly ReturnType<typeof dropped>[]) =>
    (await bundleFolders(files)).map(({ name }) => name)

  it('makes one dataset of images in folders and leaves models alone', async () => {
    const files = [
      dropped('p/m.onnx'),
      dropped('p/cat/1.png'),
      dropped('p/dog/1.png'),
      dropped('p/.DS_Store'),
    ]
    expect(await names(files)).toEqual(['m.onnx', 'p'])
  })

  it('takes a table along that names the images, and no other', async () => {
    const files = [
      dropped('p/1.png'),
      dropped('p/labels.csv', 'name,y\n1.png,3\n'),
      dropped('p/other.csv', 'a,b\n'),
    ]
    const [other, bundle] = await bundleFolders(files)
    expect(other?.name).toBe('other.csv')
    const parts = await readFolderBundle(bundle ?? new Blob())
    expect(parts?.map(({ path }) => path)).toEqual(['p/1.png', 'p/labels.csv'])
  })

  it('makes no dataset of a picture beside models and data', async () => {
    const files = [
      dropped('run/loss.png'),
      dropped('run/m.onnx'),
      dropped('run/rows.csv', 'a,b\n1,2\n'),
    ]
    expect(await names(files)).toEqual(['loss.png', 'm.onnx', 'rows.csv'])
  })

  it('makes one dataset of ONNX test data', async () => {
    const files = [dropped('r/model.onnx'), dropped('r/test_data_set_0/input_0.pb')]
    expect(await names(files)).toEqual(['model.onnx', 'r'])
  })
})

describe('proposeImages', () => {
  const proposed = (shape: readonly (number | string)[], type: 'float32' | 'uint8' = 'float32') =>
    proposeImages([makeModel('m', [value('x', type, shape)], [])], { commonSize: null })

  it.each([
    [
      ['N', 3, 224, 224],
      { layout: 'nchw', channels: 'rgb', width: 224, resize: 'shorter', shorterSide: 256 },
    ],
    [['N', 299, 320, 3], { layout: 'nhwc', channels: 'rgb', width: 320, height: 299 }],
    [['N', 1, 28, 28], { channels: 'grey', width: 28, resize: 'exact', mean: [0], scale: 1 / 255 }],
    [['N', 28, 30], { channels: 'grey', height: 28, width: 30 }],
    [['N', 784], { channels: 'grey', width: 28, height: 28 }],
    [['N', 3072], { channels: 'rgb', width: 32, height: 32 }],
    [['N', 13], { width: 224, height: 224 }],
  ])('for %j', (shape, settings) => {
    expect(proposed(shape)).toMatchObject(settings)
  })

  it('leaves levels as they are for models of whole numbers', () => {
    expect(proposed([1, 64, 64, 3], 'uint8')).toMatchObject({
      scale: 1,
      mean: [0, 0, 0],
      std: [1, 1, 1],
    })
  })

  it('keeps levels and sides in step with what is chosen', () => {
    const proposal = proposed(['N', 3, 224, 224])
    expect(resolveImages(proposal, { channels: 'grey' }).mean).toHaveLength(1)
    expect(resolveImages(proposal, { width: 448, height: 448 }).shorterSide).toBe(512)
    expect(resolveImages(proposal, { shorterSide: 100 }).shorterSide).toBe(100)
  })
})
