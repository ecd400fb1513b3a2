import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ModelAnswers, RowField, RowQuery } from '../../src/core/exploration'
import type { Outcome } from '../../src/core/failure'
import { createReaderClient } from '../../src/engine/create-reader-client'
import type { ReaderClient } from '../../src/engine/reader-client'

const ALL: RowQuery = { view: { kind: 'all' }, conditions: [], sort: null }
const FIELDS: readonly RowField[] = [{ of: 'row' }, { of: 'truth' }, { of: 'answer', model: 1 }]

let reader: ReaderClient

beforeEach(() => {
  reader = createReaderClient()
})

afterEach(() => {
  reader.close()
})

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.message} ${outcome.failure.detail ?? ''}`)
  return outcome.value
}

/** Two made-up models' answers to the digits: the second is wrong wherever the first is right. */
async function keep() {
  const bytes = await (await fetch('/demo/digits_linear.onnx')).blob()
  const model = valueOf(await reader.readModel(new File([bytes], 'digits_linear.onnx'), 'm'))
  const text = await (await fetch('/demo/digits.csv')).text()
  // One row without a target takes no part.
  const [head = '', first = '', ...lines] = text.trim().split('\n')
  const cells = first.split(',')
  const unanswered = head.split(',').map((name, place) => (name === 'label' ? '' : cells[place]))
  const table = [head, first, unanswered.join(','), ...lines].join('\n')
  const file = new File([table], 'digits.csv')
  valueOf(await reader.readDataset(file, 'd', () => undefined))
  const proposal = valueOf(await reader.propose('d', [model]))
  const { rows, droppedRows } = valueOf(
    await reader.prepare({ datasetId: 'd', ...proposal, models: [model] }),
  )
  expect(droppedRows).toBe(1)
  const targets = valueOf(await reader.targets())
  if (targets.kind !== 'classification') throw new Error('digits are classes')
  const labels = Array.from({ length: 10 }, (_, digit) => String(digit))
  const off = (shift: number) =>
    targets.classes.map((digit, row) => (digit + ((row + shift) % 2)) % 10)
  const answers = [0, 1].map((shift): ModelAnswers => ({
    ...{ kind: 'classification', modelId: `m${String(shift)}`, labels, predicted: off(shift) },
    confidence: new Float32Array(rows).fill(0.5),
  }))
  const kept = valueOf(await reader.keepRows(answers))
  return { kept, rows, targets, answers }
}

describe('rows of a comparison in the real reader worker', () => {
  it('takes the answers over, finds rows, names the rows of the table, writes and slices', async () => {
    const { kept, rows, targets, answers } = await keep()
    const [first] = answers
    expect(first?.kind === 'classification' && first.predicted.length, 'handed over').toBe(0)
    const half = Math.floor(rows / 2)
    expect(kept).toMatchObject({
      ...{ kind: 'classification', rows, tableRows: rows + 1, modelIds: ['m0', 'm1'] },
      counts: {
        differ: rows,
        allWrong: 0,
        only: [
          [0, rows - half],
          [half, 0],
        ],
      },
    })
    const query: RowQuery = {
      view: { kind: 'only', right: 1, wrong: 0 },
      conditions: [{ field: { of: 'truth' }, text: '=7' }],
      sort: { field: { of: 'row' }, isDescending: true },
    }
    const request = { id: kept.id, query, fields: FIELDS, offset: 0, limit: 3 }
    const found = valueOf(await reader.rows(request))
    const sevens = [...targets.classes.keys()].filter(
      (row) => targets.classes[row] === 7 && row % 2 === 1,
    )
    expect(found.matched).toBe(sevens.length)
    // Rows after the one that took no part stand one further down in the table.
    expect(found.rows.map(({ cells }) => cells)).toEqual(
      sevens
        .toReversed()
        .slice(0, 3)
        .map((row) => [row + 2, '7', '7']),
    )
    const csv = await valueOf(
      await reader.rowsFile({ ...request, heads: ['row', 'truth', 'm1'], limit: 2 }),
    ).text()
    expect(csv.split('\r\n').slice(0, 2)).toEqual([
      'row,truth,m1',
      `${String((sevens.at(-1) ?? 0) + 2)},7,7`,
    ])
    const done: number[] = []
    const survey = valueOf(
      await reader.slices({ id: kept.id, metric: 'accuracy' }, (column) => done.push(column)),
    )
    expect(done.at(-1)).toBe(kept.columns.length - 1)
    expect(survey.figures).toEqual([(rows - half) / rows, half / rows])
    expect(survey.columns.length).toBeGreaterThan(50)
  })

  it('answers rows between two columns of a survey', async () => {
    const { kept } = await keep()
    let isSliced = false
    const slicing = reader.slices({ id: kept.id, metric: 'f1Macro' }, () => undefined)
    void slicing.then(() => (isSliced = true))
    valueOf(await reader.rows({ id: kept.id, query: ALL, fields: FIELDS, offset: 0, limit: 1 }))
    expect(isSliced).toBe(false)
    valueOf(await slicing)
  })

  it('has no rows of an earlier comparison, of a dropped dataset, or after a release', async () => {
    const first = await keep()
    const second = await keep()
    const ask = (id: string) => reader.rows({ id, query: ALL, fields: FIELDS, offset: 0, limit: 1 })
    const gone = { ok: false, failure: { code: 'worker-failed' } }
    expect(await ask(first.kept.id)).toMatchObject(gone)
    expect(await ask(second.kept.id)).toMatchObject({ ok: true })
    await reader.releaseRows()
    expect(await ask(second.kept.id)).toMatchObject(gone)
    const third = await keep()
    await reader.dropDataset('d')
    expect(await ask(third.kept.id)).toMatchObject(gone)
    expect(
      await reader.slices({ id: third.kept.id, metric: 'accuracy' }, () => undefined),
    ).toMatchObject(gone)
  })
})
