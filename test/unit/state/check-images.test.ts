import { describe, expect, it } from 'vitest'
import type { DatasetInfo } from '../../../src/core/dataset'
import { DEFAULT_IMAGE_SETTINGS, type ImageOptions } from '../../../src/core/image-settings'
import { checkImages } from '../../../src/state/check-images'
import { datasetOf } from './context'

const dataset: DatasetInfo = {
  ...datasetOf(['image', 'label']),
  images: { settings: DEFAULT_IMAGE_SETTINGS, commonSize: null, leftOut: [] },
}

function chosen(options: ImageOptions) {
  const outcome = checkImages(options, dataset)
  return outcome.ok ? outcome.value : outcome.failure
}

describe('checkImages', () => {
  it('leaves to the models what is not given', () => {
    expect(checkImages(undefined, dataset)).toEqual({ ok: true, value: null })
    expect(chosen({ width: 64, height: 64 })).toEqual({ width: 64, height: 64 })
  })

  it('turns a preset into levels for the channels that the models read', () => {
    expect(chosen({ preset: 'minus-one-one' })).toEqual({
      scale: 1 / 255,
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
    })
    expect(chosen({ preset: 'imagenet', channels: 'bgr' })).toMatchObject({
      mean: [0.406, 0.456, 0.485],
    })
    // The proposal's own preset, for other channels.
    expect(chosen({ channels: 'grey' })).toMatchObject({ channels: 'grey', mean: [0.449] })
  })

  it('spreads one figure over the channels, and lets figures go over a preset', () => {
    expect(chosen({ preset: 'bytes', mean: [127.5], std: [127.5, 128, 129] })).toEqual({
      scale: 1,
      mean: [127.5, 127.5, 127.5],
      std: [127.5, 128, 129],
    })
  })

  it('lets a preset go over the figures of a recipe, for its channels', () => {
    const recipe = { channels: 'bgr', scale: 2, mean: [1, 2, 3] } as const
    expect(checkImages({ preset: 'imagenet' }, dataset, recipe)).toMatchObject({
      value: { scale: 1 / 255, mean: [0.406, 0.456, 0.485] },
    })
    expect(checkImages({ std: [2] }, dataset, recipe)).toMatchObject({ value: { std: [2, 2, 2] } })
  })

  it('refuses more figures than channels, and images where there are none', () => {
    expect(chosen({ channels: 'grey', mean: [1, 2, 3] })).toEqual({
      code: 'setting-invalid',
      message:
        '--images does not fit: Mean and deviation have one figure per channel, which is 1 here.',
      advice: 'Change it.',
    })
    expect(checkImages({ width: 8 }, datasetOf(['a']))).toMatchObject({
      ok: false,
      failure: { message: '--images says how images are read, and there are none in data.csv.' },
    })
  })
})
