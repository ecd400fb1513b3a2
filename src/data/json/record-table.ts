import { CAPS, JSON_DEPTH, JSON_FILL } from '../../core/caps'
import { Refusal } from '../../core/refusal'
import type { DatasetDraft } from '../draft-dataset'
import { chunkLengths, type Chunking } from '../room/chunking'
import { fallbackName } from '../name-columns'
import { DictionaryBudget } from '../text-column'
import { RecordColumn, type CellCount } from './record-column'

/** Up to 128 MiB it does not matter. */
const FREE_CELLS = 2 ** 24

/** Records as columns in the making. What a record does not name is missing in it. */
export class RecordTable {
  readonly #columns = new Map<string, RecordColumn>()
  readonly #budget = new DictionaryBudget()
  readonly #cells: CellCount = { perRow: 0, present: 0 }
  #rows = 0

  constructor(
    private readonly chunking: Chunking,
    private readonly columnsCap: number = CAPS.columns.value,
  ) {}

  /**
   * @param where for messages: the record's place in the file
   * @throws {Refusal} where it is no record, or does not go with those before
   */
  add(record: unknown, where: string): void {
    if (typeof record !== 'object' || record === null) {
      throw new Refusal('data-malformed', `holds no record in ${where}`, ADVICE)
    }
    this.#checkFill(where)
    if (Array.isArray(record)) {
      for (const [place, value] of record.entries()) {
        this.#column(fallbackName(place)).set(this.#rows, value, where)
      }
    } else this.#addFields('', record, where, 1)
    this.#rows += 1
  }

  finish(): DatasetDraft {
    if (this.#rows === 0 || this.#columns.size === 0) {
      const advice = 'Choose a file with at least one row of data.'
      throw new Refusal('no-rows', 'holds no records', advice)
    }
    const columns = [...this.#columns.values()]
    return {
      columns: columns.map((column) => column.finish(this.#rows)),
      chunkRows: chunkLengths(this.#rows, this.chunking.rows),
      warnings: columns.flatMap((column) => column.warning ?? []),
    }
  }

  /** A small file can name many columns, or large arrays, once and leave them out in all other rows. */
  #checkFill(where: string): void {
    const { perRow, present } = this.#cells
    const cells = perRow * this.#rows
    if (cells < FREE_CELLS || cells < present * JSON_FILL) return
    throw new Refusal(
      'file-too-large',
      `leaves out more than ${String(JSON_FILL - 1)} of ${String(JSON_FILL)} values up to ${where}`,
      'Keep only the columns that most records have.',
    )
  }

  #addFields(prefix: string, record: object, where: string, depth: number): void {
    if (depth > JSON_DEPTH) {
      const finding = `holds records within records, ${String(JSON_DEPTH)} deep, in ${where}`
      throw new Refusal('data-malformed', finding, ADVICE)
    }
    for (const [key, value] of Object.entries(record) as [string, unknown][]) {
      const name = prefix + key
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        this.#addFields(`${name}.`, value, where, depth + 1)
      } else this.#column(name).set(this.#rows, value, where)
    }
  }

  #column(name: string): RecordColumn {
    const known = this.#columns.get(name)
    if (known !== undefined) return known
    if (this.#columns.size === this.columnsCap) {
      throw new Refusal(
        'file-too-large',
        `has more than ${String(this.columnsCap)} columns`,
        'Keep only the columns that the models read and the target.',
        { name: 'columns', wanted: 4 * this.columnsCap },
      )
    }
    const column = new RecordColumn(name, this.#budget, this.#cells, this.chunking)
    this.#columns.set(name, column)
    return column
  }
}

const ADVICE = 'Write one flat record per row, such as {"age": 31, "label": "yes"}.'
