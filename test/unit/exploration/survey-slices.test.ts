import { describe, expect, it } from 'vitest'
import type { Targets } from '../../../src/core/task'
import { sliceMetric, sliceMetricIds } from '../../../src/exploration/slice-metrics'
import { sliceRows } from '../../../src/exploration/slice-rows'
import { surveySlices } from '../../../src/exploration/survey-slices'
import { classificationMetrics } from '../../../src/metrics/classification-metrics'
import { regressionMetrics } from '../../../src/metrics/regression-metrics'
import { holm } from '../../../src/statistics/holm'
import { mcnemar } from '../../../src/statistics/mcnemar'
import { wilcoxonSignedRank } from '../../../src/statistics/wilcoxon-signed-rank'
import { classified, datasetOf, tableOf, valued } from './small-table'
import type { ExploredTable } from '../../../src/exploration/explored-table'

async function survey(table: ExploredTable, id: string) {
  const metric = sliceMetric(table.answers, id)
  if (metric === null) throw new Error(`no metric ${id}`)
  return surveySlices(table, metric, () => Promise.resolve())
}

const numeric = (values: readonly number[]) => ({ kind: 'numeric', values }) as const

describe('sliceRows', () => {
  it('gives few numbers a slice each, in their order, and missing ones theirs', () => {
    const slices = sliceRows(numeric([2, 0, NaN, 2, 1]), 5)
    expect(slices?.map(({ range, rows }) => [range, [...rows]])).toEqual([
      [{ kind: 'number', value: 0 }, [1]],
      [{ kind: 'number', value: 1 }, [4]],
      [{ kind: 'number', value: 2 }, [0, 3]],
      [{ kind: 'missing' }, [2]],
    ])
  })

  it('parts many numbers into fifths, told by the values that are in them', () => {
    const values = Array.from({ length: 100 }, (_, row) => (row * 37) % 100)
    expect(sliceRows(numeric(values), 100)?.map(({ range, rows }) => [range, rows.length])).toEqual(
      [0, 20, 40, 60, 80].map((low) => [{ kind: 'range', low, high: low + 19 }, 20]),
    )
  })

  it('lets a value that takes up several fifths have one slice', () => {
    const values = Array.from({ length: 100 }, (_, row) => (row < 70 ? 0 : row))
    expect(sliceRows(numeric(values), 100)?.map(({ range, rows }) => [range, rows.length])).toEqual(
      [
        [{ kind: 'number', value: 0 }, 70],
        [{ kind: 'range', low: 70, high: 89 }, 20],
        [{ kind: 'range', low: 90, high: 99 }, 10],
      ],
    )
  })

  it('names the ten most frequent texts and puts the others together', () => {
    const dictionary = Array.from({ length: 13 }, (_, code) => `t${String(code)}`)
    // Text i stands in i + 1 rows, so the rarest are t0, t1 and t2; one row has none.
    const codes = Int32Array.from([
      -1,
      ...dictionary.flatMap((_, code) => Array.from({ length: code + 1 }, () => code)),
    ])
    const slices = sliceRows({ kind: 'text', codes, dictionary, isOrdered: false }, codes.length)
    expect(slices?.map(({ range, rows }) => [range, rows.length])).toEqual([
      ...Array.from({ length: 10 }, (_, place) => [
        { kind: 'text', text: `t${String(12 - place)}` },
        13 - place,
      ]),
      [{ kind: 'rest', values: 3 }, 6],
      [{ kind: 'missing' }, 1],
    ])
  })

  it('is nothing where all rows are alike', () => {
    expect(sliceRows(numeric([1, 1, 1]), 3)).toBeNull()
  })
})

// 100 rows of each of two groups: m leads overall, n is far better in the second group.
const GROUP = 100
const group = Array.from({ length: 2 * GROUP }, (_, row) => (row < GROUP ? 'one' : 'two'))
const truth = group.map((_, row) => row % 3)
const wrong = (row: number) => ((truth[row] ?? 0) + 1) % 3
const m = truth.map((actual, row) => (row >= GROUP + 70 ? wrong(row) : actual))
const n = truth.map((actual, row) => (row < 60 || row >= GROUP + 95 ? wrong(row) : actual))
const targets: Targets = { kind: 'classification', classes: Int32Array.from(truth) }
const noise = group.map((_, row) => row % 7)
const few = group.map((_, row) => (row < 10 ? 'few' : 'many'))
const dataset = datasetOf({ group, noise, few, alike: group.map(() => 1) }, 64)
const table = tableOf(dataset, targets, [classified('m', m), classified('n', n)])

describe('surveySlices of a classification', () => {
  it('finds the slice in which the other model is ahead, adjusted for all slices looked at', async () => {
    const found = await survey(table, 'accuracy')
    expect(found).toMatchObject({ figures: [0.85, 0.675], leader: 0, isTested: true, leftOut: 0 })
    // Two groups, seven remainders of 28 or 29 rows that are too few, many; ten rows are too few too.
    expect(found.slices).toBe(3)
    expect(found.tests).toBe(3)
    expect(found.columns.map(({ column }) => column)).toEqual([0, 1, 2])
    const [one, two] = found.columns[0]?.slices ?? []
    expect(one).toMatchObject({ rows: 100, figures: [1, 0.4], turn: null })
    expect(two).toMatchObject({ rows: 100, figures: [0.7, 0.95] })
    // In the second group 25 rows are answered right by n alone and none by m alone.
    const { pValue } = mcnemar(0, 25)
    expect(two?.turn).toEqual({
      ...{ model: 1, difference: 0.25, isSignificant: true },
      pValue: pValue,
      adjustedPValue: holm([pValue, 1, 1])[0],
    })
    expect((two?.turn?.adjustedPValue ?? 0) / (pValue ?? 1)).toBeCloseTo(3, 10)
  })

  it('neither tests nor names slices of few rows', async () => {
    const tiny = tableOf(
      datasetOf({ half: [...truth.slice(0, 58).map((_, row) => (row < 29 ? 'one' : 'two'))] }),
      {
        kind: 'classification',
        classes: new Int32Array(58),
      },
      [
        classified(
          'm',
          Array.from({ length: 58 }, (_, row) => (row < 29 ? 1 : 0)),
        ),
        classified(
          'n',
          Array.from({ length: 58 }, (_, row) => (row < 30 ? 0 : 1)),
        ),
      ],
    )
    const found = await survey(tiny, 'accuracy')
    expect(found).toMatchObject({ leader: 1, slices: 0, tests: 0 })
    expect(found.columns[0]?.slices.map(({ rows, turn }) => [rows, turn])).toEqual([
      [29, null],
      [29, null],
    ])
  })

  it('has no leader where the best two are equally good', async () => {
    const found = await survey(
      tableOf(dataset, targets, [classified('m', m), classified('k', m)]),
      'accuracy',
    )
    expect(found).toMatchObject({ leader: null, tests: 0 })
  })

  it.each(sliceMetricIds('classification'))(
    'gives the figures of %s of the rows alone',
    async (id) => {
      const found = await survey(table, id)
      const metric = classificationMetrics.find((candidate) => candidate.id === id)
      const rows = Array.from({ length: GROUP }, (_, row) => GROUP + row)
      const expected = [m, n].map((answers) =>
        metric?.compute(
          {
            ...{ rows: GROUP, classes: 3, probabilities: null },
            truth: Int32Array.from(rows, (row) => truth[row] ?? 0),
            predicted: Int32Array.from(rows, (row) => answers[row] ?? 0),
          },
          // Made of the answers themselves where it is absent.
          ...([] as unknown as [never]),
        ),
      )
      expect(found.columns[0]?.slices[1]?.figures).toEqual(expected)
      expect(found.isTested).toBe(id === 'accuracy' || id === 'f1Micro')
    },
  )
})

describe('surveySlices of a regression', () => {
  const values = group.map((_, row) => row)
  const close = values.map((value, row) => value + (row % 2 === 0 ? 1 : -1) * (1 + row / 500))
  // Far off in the first group, closer in the second.
  const far = values.map((value, row) => value + (row < GROUP ? 9 : 0.3 + row / 900))
  const regressed = tableOf(dataset, { kind: 'regression', values: Float64Array.from(values) }, [
    valued('close', close),
    valued('far', far),
  ])

  it('tests the loss that the metric measures', async () => {
    const found = await survey(regressed, 'rmse')
    const two = found.columns[0]?.slices[1]
    const squares = Float64Array.from({ length: GROUP }, (_, row) => {
      const [one = 0, other = 0] = [close, far].map(
        (answers) => (answers[GROUP + row] ?? 0) - GROUP - row,
      )
      return other * other - one * one
    })
    expect(two?.turn).toMatchObject({ model: 1, isSignificant: true })
    expect(two?.turn?.pValue).toBeCloseTo(wilcoxonSignedRank(squares).pValue ?? NaN, 12)
    expect(two?.turn?.difference).toBeLessThan(0)
  })

  it.each(sliceMetricIds('regression'))('gives the figures of %s of the rows alone', async (id) => {
    const found = await survey(regressed, id)
    const metric = regressionMetrics.find((candidate) => candidate.id === id)
    const expected = [close, far].map((answers) =>
      metric?.compute({
        rows: GROUP,
        truth: Float64Array.from(values.slice(0, GROUP)),
        predicted: Float64Array.from(answers.slice(0, GROUP)),
      }),
    )
    expect(found.columns[0]?.slices[0]?.figures).toEqual(expected)
  })
})
