import { describe, expect, it } from 'vitest'
import { DISPLAY_LIMIT, displayText, quoted } from '../../../src/core/display-text'

describe('displayText', () => {
  it.each([
    ['plain', 'plain'],
    ['<img onerror=x>', '<img onerror=x>'],
    ['__proto__', '__proto__'],
    ['a\u0000b', 'ab'],
    ['a\n\t b', 'a b'],
    ['evil\u202Egnp.exe', 'evilgnp.exe'],
    ['\u2066x\u2069', 'x'],
    ['\ud800', '\ufffd'],
    ['', ''],
  ])('shows %j as %j', (text, shown) => {
    expect(displayText(text)).toBe(shown)
  })

  it('cuts with an ellipsis at the limit, never within a character', () => {
    expect(displayText('x'.repeat(DISPLAY_LIMIT))).toBe('x'.repeat(DISPLAY_LIMIT))
    const cut = displayText('😀'.repeat(DISPLAY_LIMIT + 1))
    expect(cut).toBe(`${'😀'.repeat(DISPLAY_LIMIT - 1)}…`)
  })

  it('E41 takes no longer for megabytes', () => {
    expect(displayText('y'.repeat(50_000_000), 10)).toBe('yyyyyyyyy…')
  })
})

describe('quoted', () => {
  it('puts a short form in quotes', () => {
    expect(quoted('a.csv')).toBe('"a.csv"')
    expect(quoted('z'.repeat(1000)).length).toBeLessThan(100)
  })
})
