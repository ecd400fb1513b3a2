import { quoted } from '../../core/display-text'
import { formatList } from '../../core/format'
import { Refusal } from '../../core/refusal'
import { shapeText } from './array-header'

/** An array as its file calls it. */
export interface ArrayShape {
  readonly name: string
  readonly shape: readonly number[]
}

export interface ChosenArrays<T extends ArrayShape> {
  /** Features first, what is named like a target last. */
  readonly arrays: readonly { readonly array: T; readonly columnName: string }[]
  readonly rows: number
  readonly warnings: readonly string[]
}

type Split = 'test' | 'validation' | 'train' | 'none'
type Role = 'target' | 'feature' | 'none'

const SPLITS: ReadonlyMap<string, Split> = new Map([
  ['test', 'test'],
  ['testing', 'test'],
  ['t10k', 'test'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['train', 'train'],
  ['training', 'train'],
])
/** A comparison asks about rows that no model was trained on. */
const PREFERENCE: readonly Split[] = ['test', 'validation', 'none', 'train']
const TARGET_WORDS = new Set('y label labels target targets class classes'.split(' '))
const FEATURE_WORDS = new Set(
  'x data feature features image images img imgs input inputs'.split(' '),
)
/** What the files of MNIST have in their names. */
const IDX_WORDS = /^(idx\d|ubyte)$/

/**
 * The arrays that together make a table, one row each per entry of their first axes: of `x_train`,
 * `y_train`, `x_test`, `y_test` those of the test; of the rest those with as many rows as the target.
 * @param isOneFile whether arrays that do not fit may be left out: a person chose the file, not them
 * @throws {Refusal} where arrays do not belong together, with their shapes
 */
export function chooseArrays<T extends ArrayShape>(
  all: readonly T[],
  isOneFile: boolean,
): ChosenArrays<T> {
  const described = all.map((array) => ({ array, ...wordsOf(array) }))
  const withRows = described.filter(({ array }) => hasRows(array))
  const warnings = leftOut(described.filter(({ array }) => !hasRows(array)))
  const split = PREFERENCE.find((one) => isTable(withRows.filter((a) => a.split === one)))
  const chosen = split === undefined ? withRows : withRows.filter((a) => a.split === split)
  warnings.push(...otherSplits(withRows.filter((array) => !chosen.includes(array))))
  const rows = commonRows(chosen)
  const fitting = chosen.filter(({ array }) => array.shape[0] === rows)
  const odd = chosen.filter(({ array }) => array.shape[0] !== rows)
  const loses = odd.some(({ role }) => role !== 'none') || fitting.length === 0 || !isOneFile
  if (odd.length > 0 && loses) throw differentRows(chosen.map(({ array }) => array))
  warnings.push(...leftOut(odd))
  const ordered = [
    ...fitting.filter(({ role }) => role !== 'target'),
    ...fitting.filter(({ role }) => role === 'target'),
  ]
  const names = ordered.map(({ columnName }) => columnName)
  const isUnique = new Set(names).size === names.length
  return {
    arrays: ordered.map(({ array, columnName }) => ({
      array,
      columnName: isUnique ? columnName : array.name,
    })),
    rows,
    warnings,
  }
}

interface Described<T extends ArrayShape> {
  readonly array: T
  readonly split: Split
  readonly role: Role
  /** The name without what says only which part of the data this is. */
  readonly columnName: string
}

function wordsOf({ name }: ArrayShape): Omit<Described<ArrayShape>, 'array'> {
  const spaced = name.replace(/([a-z])([A-Z])/g, '$1 $2')
  const words = spaced.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const isPart = (word: string) => SPLITS.has(word.toLowerCase()) || IDX_WORDS.test(word)
  const kept = words.filter((word) => !isPart(word))
  const split = words.map((word) => SPLITS.get(word.toLowerCase())).find((found) => found) ?? 'none'
  const lower = kept.map((word) => word.toLowerCase())
  const role = lower.some((word) => TARGET_WORDS.has(word))
    ? 'target'
    : lower.some((word) => FEATURE_WORDS.has(word))
      ? 'feature'
      : 'none'
  const isWhole = kept.length === words.length || kept.length === 0
  return { split, role, columnName: isWhole ? name : kept.join('_') }
}

/** An axis of nothing makes any number of rows of it. */
function hasRows({ shape }: ArrayShape): boolean {
  return shape.length > 0 && !shape.slice(1).includes(0)
}

/** Whether there is something to ask and something to ask about. */
function isTable(arrays: readonly Described<ArrayShape>[]): boolean {
  return arrays.length > 1
}

/** Rows of the target; without one, of most arrays, the first of these where it is a draw. */
function commonRows(arrays: readonly Described<ArrayShape>[]): number {
  const target = arrays.find(({ role }) => role === 'target')
  if (target !== undefined) return target.array.shape[0] ?? 0
  const counts = new Map<number, number>()
  for (const { array } of arrays) {
    const rows = array.shape[0] ?? 0
    counts.set(rows, (counts.get(rows) ?? 0) + 1)
  }
  let best = arrays[0]?.array.shape[0] ?? 0
  for (const [rows, count] of counts) if (count > (counts.get(best) ?? 0)) best = rows
  return best
}

function leftOut(arrays: readonly Described<ArrayShape>[]): string[] {
  if (arrays.length === 0) return []
  const names = arrays.map(({ array }) => `${quoted(array.name)} ${shapeText(array.shape)}`)
  return [`Left out, having no value for each row: ${formatList(shortened(names))}.`]
}

function otherSplits(arrays: readonly Described<ArrayShape>[]): string[] {
  if (arrays.length === 0) return []
  const names = arrays.map(({ array }) => `${quoted(array.name)} ${shapeText(array.shape)}`)
  return [`Left out, being another part of the data: ${formatList(shortened(names))}.`]
}

function differentRows(arrays: readonly ArrayShape[]): Refusal {
  const names = arrays.map(({ name, shape }) => `${quoted(name)} is ${shapeText(shape)}`)
  return new Refusal(
    'data-malformed',
    `holds arrays of different numbers of rows: ${formatList(shortened(names))}`,
    'Save arrays whose first axes are equally long: one entry per row.',
  )
}

function shortened(names: readonly string[]): readonly string[] {
  const MOST = 6
  return names.length <= MOST
    ? names
    : [...names.slice(0, MOST), `${String(names.length - MOST)} more`]
}
