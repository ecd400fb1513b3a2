import { describe, expect, it } from 'vitest'
import { keepTogether } from '../../../src/core/keep-together'

describe('keepTogether', () => {
  it('joins what is read as one figure', () => {
    expect(keepTogether('apart (p < 0.001, n = 629) in 0.42 ms, 15.5 kB, 95 %')).toBe(
      'apart (p\u00a0<\u00a00.001, n\u00a0=\u00a0629) in 0.42\u00a0ms, 15.5\u00a0kB, 95\u00a0%',
    )
  })

  it('leaves words alone', () => {
    const sentence = 'map = 3 of 2 models, 3 s-curves, 5 bars, step = 4'
    expect(keepTogether(sentence)).toBe(sentence)
  })
})
