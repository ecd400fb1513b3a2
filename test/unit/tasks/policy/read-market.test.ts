import { describe, expect, it } from 'vitest'
import type { MarketColumns } from '../../../../src/core/policy'
import { parseTime } from '../../../../src/tasks/policy/parse-time'
import { periodsPerYear } from '../../../../src/tasks/policy/periods-per-year'
import { proposeMarket } from '../../../../src/tasks/policy/propose-market'
import { readMarket } from '../../../../src/tasks/policy/read-market'
import { makeDataset, type Cell } from '../make-dataset'
import { sampleColumns, sampleMarket, samples, sampleTexts } from './read-samples'
import { fullMarket } from './sample-market'
import { cpuTime } from '../../cpu-time'

const columns: MarketColumns = {
  time: 'time',
  open: 'open',
  close: 'close',
  spread: 'spread',
  observations: ['x', 'y'],
}

const table: Readonly<Record<string, readonly Cell[]>> = {
  time: ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'],
  open: [1, 2, 3, 4, 5],
  close: [1.5, 2.5, 3.5, 4.5, 5.5],
  spread: [0, 0.1, 0.1, 0.1, 0.1],
  x: [0.1, 0.2, 0.3, 0.4, 0.5],
  y: [-1, -2, -3, -4, -5],
}

function read(changed: Readonly<Record<string, readonly Cell[]>>, mapped = columns) {
  return readMarket(makeDataset(Object.entries({ ...table, ...changed }), 2), mapped)
}

function problem(changed: Readonly<Record<string, readonly Cell[]>>, mapped = columns): string {
  const result = read(changed, mapped)
  return result.ok ? 'none' : result.failure.message
}

describe('readMarket', () => {
  it('reads the sample market, whatever its chunks', () => {
    const cells = sampleColumns.map((name): readonly [string, readonly Cell[]] => [
      name,
      name === 'time' ? sampleTexts(name) : sampleTexts(name).map(Number),
    ])
    const dataset = makeDataset(cells, 1024)
    const result = readMarket(dataset, { ...columns, observations: samples.features })
    if (!result.ok) throw new Error(result.failure.message)
    expect(result.value.market).toEqual(fullMarket)
    expect(result.value.warnings).toEqual([
      '14 gaps in "time": steps are longer than the usual 15 min, the longest 2.0 days after row 440.',
    ])
  })

  it('keeps the order of the observation columns', () => {
    const result = read({}, { ...columns, observations: ['y', 'x'] })
    if (!result.ok) throw new Error(result.failure.message)
    expect([...result.value.market.observations.subarray(0, 4)]).toEqual(
      [-1, 0.1, -2, 0.2].map(Math.fround),
    )
  })

  it('needs a close alone', () => {
    const mapped = { time: null, open: null, close: 'close', spread: null, observations: [] }
    const result = read({}, mapped)
    if (!result.ok) throw new Error(result.failure.message)
    expect(result.value.market).toMatchObject({ times: null, open: null, observationWidth: 0 })
    expect([...result.value.market.spread]).toEqual([0, 0, 0, 0, 0])
  })

  it.each([
    ['missing', null, 'Row 4 of "close" is missing, where a price above zero is needed.'],
    ['zero', 0, 'Row 4 of "close" is 0, where a price above zero is needed.'],
    ['negative', -1, 'Row 4 of "close" is -1, where a price above zero is needed.'],
    ['infinite', Infinity, 'Row 4 of "close" is Infinity, where a price above zero is needed.'],
  ])('refuses a price that is %s', (_, price, message) => {
    expect(problem({ close: [1, 2, 3, price, price] })).toBe(message)
    expect(problem({ open: [1, 2, 3, price, 5] })).toBe(message.replace('close', 'open'))
  })

  it('refuses a spread below zero, or missing', () => {
    expect(problem({ spread: [0, -0.1, 0, 0, 0] })).toContain('Row 2 of "spread" is -0.1')
    expect(problem({ spread: [0, null, 0, 0, 0] })).toContain('Row 2 of "spread" is missing')
  })

  it('refuses observations that are missing or beyond float32', () => {
    expect(problem({ y: [1, 2, null, 4, 5] })).toContain('Row 3 of "y" is missing')
    expect(problem({ x: [1, 2, 3, 4, 1e39] })).toContain('Row 5 of "x" is 1e+39')
    expect(problem({ x: [-Infinity, 2, 3, 4, 5] })).toContain('Row 1 of "x" is -Infinity')
  })

  it('refuses text where numbers are needed, and columns that are not there', () => {
    expect(problem({ x: ['a', 'b', 'c', 'd', 'e'] })).toContain('"x" is text')
    expect(problem({}, { ...columns, close: 'Close' })).toBe('"data.csv" has no column "Close".')
  })

  it('takes columns by the names of objects', () => {
    const mapped = { ...columns, close: 'constructor', observations: ['__proto__'] }
    const odd = Object.entries(table).map(([name, cells]): readonly [string, readonly Cell[]] => [
      name === 'close' ? 'constructor' : name === 'x' ? '__proto__' : name,
      cells,
    ])
    const result = readMarket(makeDataset(odd), mapped)
    expect(result.ok && [...result.value.market.close]).toEqual([1.5, 2.5, 3.5, 4.5, 5.5])
  })

  it('refuses rows out of order, and says when the newest come first', () => {
    const swapped = ['2024-01-01', '2024-01-03', '2024-01-02', '2024-01-04', '2024-01-05']
    expect(problem({ time: swapped })).toBe('Row 3 is earlier than the row before it in "time".')
    expect(problem({ time: [...(table.time ?? [])].reverse() })).toBe(
      'Row 2 is earlier than the row before it in "time": the newest rows come first.',
    )
    expect(
      problem({ time: ['2024-01-01', '2024-01-02', 'soon', '2024-01-04', '2024-01-05'] }),
    ).toBe('Row 3 of the time column "time" holds no time that can be read.')
  })

  it('names repeated times and gaps', () => {
    const result = read({
      time: ['2024-01-01', '2024-01-02', '2024-01-02', '2024-01-03', '2024-01-07'],
    })
    expect(result.ok && result.value.warnings).toEqual([
      '1 row repeats the time of the row before in "time", first row 3; each counts as a bar of its own.',
      '1 gap in "time": a step is longer than the usual 1.0 days, the longest 4.0 days after row 4.',
    ])
  })

  it('reads times that are numbers, by their size', () => {
    const first = Date.UTC(2024, 0, 1)
    for (const factor of [1e-3, 1, 1e3, 1e6]) {
      const time = [0, 1, 2, 3, 4].map((day) => (first + day * 86_400_000) * factor)
      const result = read({ time })
      expect(result.ok && result.value.market.times?.[4]).toBeCloseTo(Date.UTC(2024, 0, 5), 0)
    }
    const digits = read({ time: [20240101, 20240102, 20240103, 20240104, 20240105] })
    expect(digits.ok && digits.value.market.times?.[4]).toBe(Date.UTC(2024, 0, 5))
    expect(problem({ time: [1, 2, 3, 4, 5] })).toContain('holds no time that can be read')
  })
})

describe('parseTime', () => {
  it.each([
    ['2024-01-31', Date.UTC(2024, 0, 31)],
    ['2024-01-31T09:30', Date.UTC(2024, 0, 31, 9, 30)],
    ['2024-01-31 09:30:15.25', Date.UTC(2024, 0, 31, 9, 30, 15, 250)],
    ['2024-01-31T09:30:00Z', Date.UTC(2024, 0, 31, 9, 30)],
    ['2024-01-31 09:30:00 UTC', Date.UTC(2024, 0, 31, 9, 30)],
    ['2024-01-31T09:30:00+02:00', Date.UTC(2024, 0, 31, 7, 30)],
    ['2024-01-31T09:30:00-0530', Date.UTC(2024, 0, 31, 15)],
    ['2024.01.31 09:30', Date.UTC(2024, 0, 31, 9, 30)],
    ['2024/01/31', Date.UTC(2024, 0, 31)],
    ['20240131', Date.UTC(2024, 0, 31)],
    ['20240131 093015', Date.UTC(2024, 0, 31, 9, 30, 15)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
  ])('%s', (text, time) => {
    expect(parseTime(text)).toBe(time)
  })

  it.each([
    '',
    'soon',
    '2023-02-29',
    '2024-13-01',
    '01/02/2024',
    '2024-1-1',
    '2024-01/02',
    '12:30',
  ])('refuses "%s"', (text) => {
    expect(parseTime(text)).toBeNaN()
  })

  it('takes no longer for a long cell', () => {
    const cell = '2024-01-01 '.repeat(100_000)
    const spent = cpuTime(() => {
      expect(parseTime(cell)).toBeNaN()
    })
    expect(spent).toBeLessThan(100)
  })
})

describe('periodsPerYear', () => {
  const every = (days: number, rows: number) =>
    Float64Array.from({ length: rows }, (_, row) => row * days * 86_400_000)

  it('is what stable-baselines3’s rollouts were annualised with', () => {
    expect(periodsPerYear(sampleMarket.times)).toBeCloseTo(samples.policy.periodsPerYear, 9)
  })

  it('knows calendars within 4 %', () => {
    expect(periodsPerYear(every(1, 400))).toBe(365)
    expect(periodsPerYear(every(7, 400))).toBe(52)
    expect(periodsPerYear(every(30.4, 400))).toBe(12)
    expect(periodsPerYear(every(1.4, 400))).toBe(252)
    expect(periodsPerYear(every(365.25 / (252 * 1.039), 400))).toBe(252)
    expect(periodsPerYear(every(365.25 / (252 * 1.041), 400))).toBeCloseTo(252 * 1.041, 6)
    expect(periodsPerYear(every(1 / 24, 400))).toBeCloseTo(8766, 6)
  })

  it('is 252 where there is nothing to count', () => {
    for (const times of [null, every(1, 1), every(1, 0), every(0, 5)]) {
      expect(periodsPerYear(times)).toBe(252)
    }
  })
})

describe('proposeMarket', () => {
  const info = makeDataset(
    sampleColumns.map((name) => [name, name === 'time' ? ['2024-01-01'] : [1.5]]),
  ).info

  it('finds the columns of the sample by their names', () => {
    const { close, open, time, spread } = columns
    for (const widths of [[], [10], [12], [10, 12, 11]]) {
      const result = proposeMarket(info, widths)
      expect(result.ok && result.value.columns).toEqual({
        ...{ close, open, time, spread },
        observations: samples.features,
      })
    }
  })

  it('adds volume, prices and spread where the policies read as many', () => {
    const proposed = (widths: readonly number[]) => {
      const result = proposeMarket(info, widths)
      return result.ok ? result.value.columns.observations.length : 0
    }
    expect([13, 17, 16].map((width) => proposed([width]))).toEqual([11, 15, 15])
    const result = proposeMarket(info, [3])
    expect(result.ok && result.value.reason).toContain('none of the policies')
  })

  it('reads names of other sources', () => {
    const other = makeDataset([
      ['Date', ['2024-01-01']],
      ['Open', [1]],
      ['Adj Close', [1]],
      ['rsi', [1]],
    ]).info
    const result = proposeMarket(other, [1])
    expect(result.ok && result.value.columns).toEqual({
      time: 'Date',
      open: 'Open',
      close: 'Adj Close',
      spread: null,
      observations: ['rsi'],
    })
  })

  it('asks for a close', () => {
    const result = proposeMarket(makeDataset([['x', [1]]]).info, [])
    expect(result.ok ? '' : result.failure.message).toContain('price at the close')
  })
})
