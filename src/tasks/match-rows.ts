import type { Dataset, DatasetChunk } from '../core/dataset'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import type { ColumnCondition } from '../core/row-choice'
import { cellTester } from './cell-tester'
import { parseCondition } from './parse-condition'

/** Columns that are searched where a condition names none. */
export const MOST_SEARCHED_COLUMNS = 200

/** Whether a row of a chunk, counted from the chunk's start, fulfils a condition. */
type ChunkTest = (chunk: DatasetChunk) => (row: number) => boolean

/**
 * By row of the dataset: 1 where all conditions hold, else 0. A condition that is empty holds
 * everywhere, and one for any column looks at numbers and texts. Fails where a condition names a column
 * that is not there or that holds arrays.
 */
export function matchRows(
  dataset: Dataset,
  filter: readonly ColumnCondition[],
): Outcome<Uint8Array> {
  const tests: ChunkTest[] = []
  for (const condition of filter) {
    const test = chunkTest(dataset, condition)
    if (!test.ok) return test
    if (test.value !== null) tests.push(test.value)
  }
  const matches = new Uint8Array(dataset.info.rows).fill(1)
  for (const chunk of dataset.chunks) {
    for (const test of tests) {
      const passes = test(chunk)
      for (let row = 0; row < chunk.rows; row += 1) {
        const place = chunk.start + row
        if (matches[place] === 1 && !passes(row)) matches[place] = 0
      }
    }
  }
  return success(matches)
}

function chunkTest(
  { info, dictionaries }: Dataset,
  { column, text }: ColumnCondition,
): Outcome<ChunkTest | null> {
  const places =
    column === null
      ? [...info.columns.keys()].slice(0, MOST_SEARCHED_COLUMNS)
      : [info.columns.findIndex(({ name }) => name === column)]
  if (places.includes(-1)) {
    return failed(
      'feature-absent',
      `The filter asks for ${quoted(column ?? '')}, and ${quoted(info.name)} has no such column.`,
      'Remove this condition, or choose another column for it.',
    )
  }
  if (column !== null && info.columns[places[0] ?? -1]?.type === 'tensor') {
    return failed(
      'setting-invalid',
      `The filter asks for ${quoted(column)}, which holds an array in every row.`,
      'Remove this condition: conditions are on numbers and texts.',
    )
  }
  const test = parseCondition(text)
  if (test === null) return success(null)
  const testers = places.map((place) => ({
    place,
    tester: cellTester(test, dictionaries[place] ?? null),
  }))
  return success(({ columns }) => {
    const passes = testers.flatMap(({ place, tester }) => {
      const cells = columns[place]
      return cells === undefined || cells.kind === 'tensor' ? [] : [tester(cells)]
    })
    const [only] = passes
    if (only !== undefined && passes.length === 1) return only
    return (row) => passes.some((isPassed) => isPassed(row))
  })
}
