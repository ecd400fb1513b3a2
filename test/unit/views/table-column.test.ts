import { describe, expect, it } from 'vitest'
import { bestRows, sortRows, tableCsv, type TableColumn } from '../../../src/views/table-column'

interface Row {
  readonly name: string
  readonly score: number | null
}

const name: TableColumn<Row> = {
  id: 'name',
  label: 'Model',
  align: 'start',
  value: (row) => row.name,
  text: (row) => row.name,
}
const score: TableColumn<Row> = {
  id: 'score',
  label: 'Score, share',
  align: 'end',
  best: 'higher',
  value: (row) => row.score,
  text: (row) => row.score?.toFixed(2) ?? '–',
}
const columns = [name, score]
const a = { name: 'a10', score: 0.5 }
const b = { name: 'a9', score: null }
const c = { name: 'b', score: 0.9 }

describe('sortRows', () => {
  it('sorts figures both ways with the undefined ones last', () => {
    const by = (isDescending: boolean) =>
      sortRows([a, b, c], columns, { column: 'score', isDescending })
    expect(by(true)).toEqual([c, a, b])
    expect(by(false)).toEqual([a, c, b])
  })

  it('sorts names as people count', () => {
    expect(sortRows([a, b, c], columns, { column: 'name', isDescending: false })).toEqual([b, a, c])
  })

  it('leaves the order alone without a column', () => {
    expect(sortRows([c, a], columns, null)).toEqual([c, a])
    expect(sortRows([c, a], columns, { column: 'gone', isDescending: true })).toEqual([c, a])
  })
})

describe('bestRows', () => {
  it('marks the best, by the direction', () => {
    expect([...bestRows([a, b, c], score)]).toEqual([c])
    expect([...bestRows([a, b, c], { ...score, best: 'lower' })]).toEqual([a])
  })

  it('marks all that are equal to the digits shown', () => {
    const d = { name: 'd', score: 0.901 }
    expect([...bestRows([a, c, d], score)]).toEqual([c, d])
  })

  it('marks nothing where there is nothing to compare', () => {
    expect(bestRows([a, b], score).size).toBe(0)
    expect(bestRows([a, c], name).size).toBe(0)
  })
})

describe('tableCsv', () => {
  it('writes full precision and quotes what needs it', () => {
    expect(tableCsv([{ name: 'say "x", y', score: 0.123456789 }, b], columns)).toBe(
      'Model,"Score, share"\r\n"say ""x"", y",0.123456789\r\na9,\r\n',
    )
  })

  it('lets no name run as a formula, and leaves negative figures alone', () => {
    const rows = ['=1+1', '@a', '+b', '-c'].map((text) => ({ name: text, score: -0.5 }))
    expect(tableCsv(rows, columns).split('\r\n').slice(1, 5)).toEqual([
      "'=1+1,-0.5",
      "'@a,-0.5",
      "'+b,-0.5",
      "'-c,-0.5",
    ])
  })
})
