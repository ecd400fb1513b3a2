import { describe, expect, test } from 'vitest'
import { readImageOptions } from '../../../src/headless/read-image-options'

describe('readImageOptions', () => {
  test('reads every setting', () => {
    const text =
      'preset=imagenet, size=224x192,resize=256,layout=nhwc,channels=bgr,scale=1/255,mean=0.1|0.2|.3,std=1|2e0|3'
    expect(readImageOptions(text)).toEqual({
      ok: true,
      value: {
        preset: 'imagenet',
        ...{ width: 224, height: 192, resize: 'shorter', shorterSide: 256 },
        ...{ layout: 'nhwc', channels: 'bgr', scale: 1 / 255 },
        ...{ mean: [0.1, 0.2, 0.3], std: [1, 2, 3] },
      },
    })
  })

  test.each([
    ['size=64', { width: 64, height: 64 }],
    ['size=64X32', { width: 64, height: 32 }],
    ['resize=none', { resize: 'none' }],
    ['resize=exact', { resize: 'exact' }],
    ['mean=-0.5,std=0.5', { mean: [-0.5], std: [0.5] }],
    ['scale=2', { scale: 2 }],
  ])('reads %s', (text, value) => {
    expect(readImageOptions(text)).toEqual({ ok: true, value })
  })

  test.each([
    ['preset=imagnet', 'It takes imagenet, zero-one, minus-one-one or bytes.'],
    ['size=0', 'It takes N or WIDTHxHEIGHT in pixels, each from 1 to 4096.'],
    ['size=224x', 'It takes N or WIDTHxHEIGHT in pixels, each from 1 to 4096.'],
    ['size=9999', 'It takes N or WIDTHxHEIGHT in pixels, each from 1 to 4096.'],
    ['resize=half', 'It takes the pixels of the shorter side from 1 to 4096, exact or none.'],
    ['resize=5000', 'It takes the pixels of the shorter side from 1 to 4096, exact or none.'],
    ['layout=chw', 'It takes nchw or nhwc.'],
    ['channels=gray', 'It takes rgb, bgr or grey.'],
    ['scale=0', 'It takes a number other than 0, or a fraction such as 1/255.'],
    ['scale=1/0', 'It takes a number other than 0, or a fraction such as 1/255.'],
    ['scale=0x10', 'It takes a number other than 0, or a fraction such as 1/255.'],
    ['mean=a', 'It takes one number, or one per channel between |.'],
    ['mean=1|2', 'It takes one number, or one per channel between |.'],
    ['mean=', 'It takes one number, or one per channel between |.'],
    ['std=0', 'It takes one number above 0, or one per channel between |.'],
    ['std=1|1|1|1', 'It takes one number above 0, or one per channel between |.'],
  ])('refuses %s', (text, advice) => {
    const [key = '', value = ''] = text.split('=')
    expect(readImageOptions(text)).toEqual({
      ok: false,
      failure: { code: 'setting-invalid', message: `${key} of --images is "${value}".`, advice },
    })
  })

  test('names the settings where one is unknown', () => {
    const outcome = readImageOptions('crop=224')
    expect(!outcome.ok && outcome.failure).toEqual({
      code: 'setting-invalid',
      message: '--images has no setting "crop".',
      advice: 'Its settings are preset, size, resize, layout, channels, scale, mean and std.',
    })
  })
})
