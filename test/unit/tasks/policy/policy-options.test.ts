import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePolicyOptions } from '../../../../src/tasks/policy/policy-options'
import { fitPolicy, sharedPolicySettings } from '../../../../src/tasks/policy/policy-settings'
import { splitWindows } from '../../../../src/tasks/policy/split-windows'
import { parseWindowOptions } from '../../../../src/tasks/policy/window-options'

function refusal(text: string): string {
  const result = parsePolicyOptions(text)
  return result.ok ? 'none' : `${result.failure.message} ${result.failure.advice}`
}

describe('parsePolicyOptions', () => {
  it('reads the settings of a backtest', () => {
    const text =
      'actions=hold|buy|sell|close,accountFeatures=position|unrealized,fee=0.0002,fill=close,size=0.5,' +
      'initialBalance=5e4,positionEncoding=code,periodsPerYear=365,warmup=20,convention=backtesting.py'
    expect(parsePolicyOptions(text)).toEqual({
      ok: true,
      value: {
        settings: {
          actions: ['hold', 'buy', 'sell', 'close'],
          accountFeatures: ['position', 'unrealized'],
          fee: 0.0002,
          fill: 'close',
          size: 0.5,
          initialBalance: 50_000,
          positionEncoding: 'code',
          periodsPerYear: 365,
          warmup: 20,
          convention: 'backtesting.py',
        },
        columns: {},
      },
    })
  })

  it('holds only what is given', () => {
    expect(parsePolicyOptions('fee=0')).toEqual({
      ok: true,
      value: { settings: { fee: 0 }, columns: {} },
    })
  })

  it('reads columns, an empty name as none, and one with a comma in quotes', () => {
    const result = parsePolicyOptions('spreadColumn=,"closeColumn=price, close",openColumn=o=p')
    expect(result.ok && result.value.columns).toEqual({
      spread: null,
      close: 'price, close',
      open: 'o=p',
    })
  })

  it('reads a continuous action, and no account features', () => {
    const result = parsePolicyOptions('actions=target,accountFeatures=none')
    expect(result.ok && result.value.settings).toEqual({ actions: ['target'], accountFeatures: [] })
  })

  it.each([
    ['fees=1', 'has no setting "fees". Its settings are actions, fill, fee,'],
    ['__proto__=1', 'has no setting "__proto__".'],
    ['fee', '--policy gives no value for fee. Write fee=VALUE.'],
    ['fee=1,fee=2', '--policy gives fee twice.'],
    ['fee=cheap', 'fee of --policy is "cheap". It takes a share of the notional'],
    ['fee=-0.1', 'fee of --policy is "-0.1".'],
    ['fee=', 'fee of --policy is "".'],
    ['fee=0x1', 'fee of --policy is "0x1".'],
    ['size=0', 'size of --policy is "0".'],
    ['warmup=1.5', 'warmup of --policy is "1.5". It takes a whole number'],
    ['fill=open', 'fill of --policy is "open". It takes next-open or close.'],
    ['actions=hold', 'actions of --policy is "hold". It takes one meaning per action'],
    ['actions=hold|jump', 'actions of --policy is "hold|jump".'],
    ['actions=flat|target', 'actions of --policy is "flat|target".'],
    ['accountFeatures=equity', 'accountFeatures of --policy is "equity".'],
    ['convention=mine', 'convention of --policy is "mine".'],
    ['closeColumn=', 'closeColumn of --policy is "".'],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toContain(message)
  })

  it('answers any text with settings or one failure', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `fee=${text}`),
        ),
        (text) => {
          const result = parsePolicyOptions(text)
          const fee = result.ok ? (result.value.settings.fee ?? 0) : 0
          expect(fee >= 0 && fee <= 1).toBe(true)
        },
      ),
    )
  })
})

describe('parseWindowOptions', () => {
  it('reads both, and takes no initial rows where none are given', () => {
    expect(parseWindowOptions('initial=5000,step=500')).toEqual({
      ok: true,
      value: { initial: 5000, step: 500 },
    })
    expect(parseWindowOptions('step=2')).toEqual({ ok: true, value: { initial: 0, step: 2 } })
  })

  it.each([
    ['initial=5000', '--windows gives no step.'],
    ['step=1', 'step of --windows is "1".'],
    ['step=x', 'step of --windows is "x".'],
    ['initial=-1,step=5', 'initial of --windows is "-1".'],
    ['size=5', '--windows has no setting "size".'],
  ])('refuses %s', (text, message) => {
    const result = parseWindowOptions(text)
    expect(result.ok ? '' : result.failure.message).toBe(message)
  })
})

describe('splitWindows', () => {
  it('keeps a shorter last window and marks it', () => {
    expect(splitWindows(25, { initial: 10, step: 6 })).toEqual({
      ok: true,
      value: {
        whole: { index: 0, start: 10, end: 25, isPartial: false },
        windows: [
          { index: 0, start: 10, end: 16, isPartial: false },
          { index: 1, start: 16, end: 22, isPartial: false },
          { index: 2, start: 22, end: 25, isPartial: true },
        ],
      },
    })
  })

  it('is the whole table without walk-forward', () => {
    expect(splitWindows(25, null)).toEqual({
      ok: true,
      value: { whole: { index: 0, start: 0, end: 25, isPartial: false }, windows: [] },
    })
  })

  it('covers every row from the first on, once', () => {
    const sizes = fc.tuple(
      fc.integer({ min: 2, max: 500 }),
      fc.nat(300),
      fc.integer({ min: 2, max: 90 }),
    )
    fc.assert(
      fc.property(sizes, ([rows, initial, step]) => {
        const split = splitWindows(rows, { initial, step })
        expect(split.ok).toBe(rows - initial >= 2)
        if (!split.ok) return
        let next = initial
        for (const { start, end, isPartial } of split.value.windows) {
          expect(start).toBe(next)
          expect(isPartial).toBe(end - start < step)
          next = end
        }
        expect(next).toBe(rows)
      }),
    )
  })

  it('says what is too short, and what is too much', () => {
    const message = (rows: number, initial: number, step: number) => {
      const split = splitWindows(rows, { initial, step })
      return split.ok ? '' : split.failure.message
    }
    expect(message(100, 99, 5)).toBe('Windows begin after 99 rows, and the data holds 100.')
    expect(message(1, 0, 5)).toContain('needs two to trade')
    expect(message(1_000_000, 0, 2)).toContain('windows; 10\u202f000 is the most')
  })
})

describe('sharedPolicySettings', () => {
  const market = { rows: 10, times: null, open: new Float64Array(10) }

  it('has the defaults of a backtest', () => {
    const defaults = {
      fill: 'next-open',
      fee: 0,
      size: 1,
      initialBalance: 10_000,
      positionEncoding: 'sign',
      periodsPerYear: 252,
      warmup: 0,
      stateReset: true,
      convention: 'bakeoff',
    }
    expect(sharedPolicySettings({}, market)).toEqual({ ok: true, value: defaults })
    expect(sharedPolicySettings({ fee: 0.1 }, { ...market, open: null })).toEqual({
      ok: true,
      value: { ...defaults, fee: 0.1, fill: 'close' },
    })
  })

  it('refuses opens that are not there, and a warm-up longer than the table', () => {
    const given = sharedPolicySettings({ fill: 'next-open' }, { ...market, open: null })
    expect(given.ok ? '' : given.failure.message).toContain('need a column of opens')
    const warm = sharedPolicySettings({ warmup: 11 }, market)
    expect(warm.ok ? '' : warm.failure.message).toBe(
      'The warm-up is 11 bars, and the data holds 10.',
    )
  })
})

describe('fitPolicy', () => {
  const fit = (width: number, actionCount: number | null, given = {}) =>
    fitPolicy('p', { observationWidth: width, actionCount }, 10, given)
  const both = ['position', 'unrealized'] as const

  it('finds actions by their number and account features by the room for them', () => {
    expect(fit(12, 4)).toEqual({
      ok: true,
      value: { actions: ['hold', 'buy', 'sell', 'close'], accountFeatures: both },
    })
    expect(fit(10, 3)).toMatchObject({
      value: { actions: ['flat', 'long', 'short'], accountFeatures: [] },
    })
    expect(fit(11, 2)).toMatchObject({
      value: { actions: ['flat', 'long'], accountFeatures: ['position'] },
    })
    expect(fit(10, null)).toMatchObject({ value: { actions: ['target'] } })
  })

  it('takes what is set for the policies that it fits', () => {
    const given = { actions: ['flat', 'short', 'long'], accountFeatures: ['unrealized'] }
    expect(fit(11, 3, given)).toMatchObject({ value: given })
    expect(fit(10, 4, given)).toMatchObject({
      value: { actions: ['hold', 'buy', 'sell', 'close'], accountFeatures: [] },
    })
  })

  it('says what does not fit', () => {
    const message = (width: number, count: number | null, given = {}) => {
      const result = fit(width, count, given)
      return result.ok ? '' : `${result.failure.message} ${result.failure.advice}`
    }
    expect(message(15, 4)).toBe(
      'p reads 15 numbers per bar, and there are 10 observation columns. Choose 15 observation columns, or 13 with position and unrealized of the account.',
    )
    expect(message(12, 4, { accountFeatures: ['position'] })).toContain(
      '10 observation columns and position of the account',
    )
    expect(message(8, 4)).toContain('Choose 8 observation columns, in the order of its training.')
    expect(message(10, 7)).toContain('p chooses among 7 actions, and what each does is not known.')
  })
})
