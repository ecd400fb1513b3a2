import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatFixed,
  formatList,
  formatMetric,
  formatPercent,
  formatPoints,
  formatQuantity,
  formatRate,
  formatSignificant,
  metricDecimals,
} from '../../../src/core/format'

const thin = (text: string) => text.replaceAll('_', '\u202f')

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [629, '629'],
    [1797, thin('1_797')],
    [1234567, thin('1_234_567')],
  ])('%d → %s', (value, text) => {
    expect(formatCount(value)).toBe(text)
  })
})

describe('formatFixed', () => {
  it('uses a real minus sign, and none for what rounds to zero', () => {
    expect(formatFixed(-1234.5, 1)).toBe(thin('\u22121_234.5'))
    expect(formatFixed(-0.001, 2)).toBe('0.00')
  })
})

describe('formatMetric', () => {
  it('gives a share the digits that its rows can support', () => {
    expect(formatMetric(621 / 629, 'share', 629)).toBe('0.987')
    expect(formatMetric(0.5, 'share', 10)).toBe('0.50')
    expect(formatMetric(0.5, 'share', 1_000_000)).toBe('0.5000')
  })

  it('gives a column in the target’s unit the decimals of its largest figure', () => {
    expect(metricDecimals('target', 100, [1234, 0.5])).toBe(0)
    expect(formatMetric(0.0123456, 'target', 100)).toBe('0.01235')
    expect(formatMetric(0, 'target', 100)).toBe('0.000')
  })

  it('marks an undefined figure', () => {
    expect(formatMetric(null, 'share', 629)).toBe('–')
  })
})

describe('formatPoints', () => {
  it.each([
    [0.01, '1.0 points'],
    [-0.0049, '\u22120.5 points'],
    [0.00002, '0.002 points'],
    [0, '0.0 points'],
  ])('%d → %s', (value, text) => {
    expect(formatPoints(value)).toBe(text)
  })
})

describe('formatDuration', () => {
  it.each([
    [0.4231, '0.42 ms'],
    [4.23, '4.2 ms'],
    [42.3, '42 ms'],
    [999.7, '1.0 s'],
    [4210, '4.2 s'],
    [59_700, '1 min'],
    [125_000, '2 min 5 s'],
    [7_260_000, '2 h 1 min'],
  ])('%d → %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })
})

describe('the rest', () => {
  it('formats rates, bytes, percentages and lists', () => {
    expect(formatRate(23_441)).toBe(thin('23_400 rows/s'))
    expect(formatSignificant(4.2149, 3)).toBe('4.21')
    expect(formatSignificant(0, 3)).toBe('0')
    expect(formatBytes(999)).toBe('999 B')
    expect(formatBytes(15_542)).toBe('15.5 kB')
    expect(formatBytes(999_999)).toBe('1.0 MB')
    expect(formatPercent(0.9873)).toBe(thin('98.7_%'))
    expect(formatList(['a'])).toBe('a')
    expect(formatList(['a', 'b', 'c'])).toBe('a, b and c')
    expect(formatQuantity(1, 'model')).toBe('1 model')
    expect(formatQuantity(2, 'class', 'classes')).toBe('2 classes')
  })
})
