import { describe, expect, it } from 'vitest'
import { isoTime, timeFormat } from '../../../src/core/time-text'

const at = (text: string) => Date.parse(text)

describe('isoTime', () => {
  it('leaves out seconds that are none', () => {
    expect(isoTime(at('2024-01-31T09:30:00Z'))).toBe('2024-01-31T09:30Z')
    expect(isoTime(at('2024-01-31T09:30:05Z'))).toBe('2024-01-31T09:30:05Z')
    expect(isoTime(at('2024-01-31T00:00:00.250Z'))).toBe('2024-01-31T00:00:00.250Z')
    expect(isoTime(-1)).toBe('1969-12-31T23:59:59.999Z')
  })

  it('is read back as the same time', () => {
    for (const ms of [0, 1e12, 1_706_693_400_000, 1_706_693_405_001]) {
      expect(at(isoTime(ms))).toBe(ms)
    }
  })
})

describe('timeFormat', () => {
  it('writes all times of a table alike, as short as they allow', () => {
    expect(timeFormat(['2024-01-31T00:00Z', '2024-02-01T00:00Z'])('2024-02-01T00:00Z')).toBe(
      '2024-02-01',
    )
    expect(timeFormat(['2024-01-31T00:00Z', '2024-02-01T09:30Z'])('2024-01-31T00:00Z')).toBe(
      '2024-01-31 00:00',
    )
    expect(timeFormat([0, 5000])(65_000)).toBe('1970-01-01 00:01:05')
  })
})
