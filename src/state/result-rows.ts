import type { KeptRows, RowField } from '../core/exploration'
import type { RunRequest } from '../engine/run-request'
import { RowTable } from './row-table.svelte'
import { SliceTable } from './slice-table.svelte'

/** Columns of the data that the table shows; the detail of a row shows more. */
const MOST_TABLE_COLUMNS = 200
const MOST_DETAIL_COLUMNS = 2_000

/** The rows behind a result: what the tabs on disagreements and slices show and remember. */
export class ResultRows {
  readonly table: RowTable
  readonly slices: SliceTable
  /** In the order of their places in {@link KeptRows}. */
  readonly modelNames: readonly string[]
  /** What the detail of a row shows. */
  readonly detailFields: readonly RowField[]

  constructor(
    { reader, models, roles, metric }: RunRequest,
    readonly kept: KeptRows,
  ) {
    const names = new Map(models.map(({ id, name }) => [id, name]))
    this.modelNames = kept.modelIds.map((id) => names.get(id) ?? id)
    const own = ownFields(kept, roles.target)
    const answers = answerFields(kept)
    this.detailFields = [...answers, ...own.slice(0, MOST_DETAIL_COLUMNS)]
    const fields = [...answers, ...own.slice(0, MOST_TABLE_COLUMNS)]
    this.table = new RowTable(reader, kept, fields, this.detailFields)
    this.slices = new SliceTable(
      reader,
      kept,
      metric.id,
      kept.columns.findIndex(({ name }) => name === roles.target),
    )
    this.#begin()
  }

  /** With what people come for: rows on which models differ; numbers by how far they differ. */
  #begin(): void {
    const isAlone = this.kept.modelIds.length < 2
    if (this.kept.kind === 'parity') {
      const field: RowField = isAlone ? { of: 'difference', model: 0 } : { of: 'worst-difference' }
      this.table.sortBy({ field, isDescending: true })
      return
    }
    if (this.kept.kind === 'classification') {
      this.table.show({ kind: this.kept.counts.differ === 0 ? 'any-wrong' : 'differ' })
    } else {
      this.table.sortBy({ field: { of: isAlone ? 'worst-error' : 'spread' }, isDescending: true })
    }
  }
}

function answerFields(kept: KeptRows): readonly RowField[] {
  const { kind, modelIds, hasConfidence } = kept
  if (kind === 'parity') return parityFields(kept)
  const ofModels = modelIds.flatMap((_, model): RowField[] => {
    const answer: RowField = { of: 'answer', model }
    if (kind === 'regression') return [answer, { of: 'error', model }]
    return hasConfidence[model] === true ? [answer, { of: 'confidence', model }] : [answer]
  })
  const between: readonly RowField[] =
    kind === 'regression' && modelIds.length > 1 ? [{ of: 'spread' }, { of: 'worst-error' }] : []
  const ofOne: readonly RowField[] =
    kind === 'regression' && modelIds.length === 1 ? [{ of: 'worst-error' }] : []
  return [{ of: 'row' }, { of: 'truth' }, ...ofModels, ...between, ...ofOne]
}

/** Classes where there are any, then how far each model strays, and where. */
function parityFields({ modelIds, hasClasses }: KeptRows): readonly RowField[] {
  const isTold = hasClasses === true
  const ofModels = modelIds.flatMap((_, model): RowField[] => [
    ...(isTold ? [{ of: 'answer', model } as const] : []),
    { of: 'difference', model },
    { of: 'place', model },
    { of: 'expected', model },
    { of: 'given', model },
  ])
  return [
    { of: 'row' },
    ...(isTold ? [{ of: 'truth' } as const] : []),
    ...(modelIds.length > 1 ? [{ of: 'worst-difference' } as const] : []),
    ...ofModels,
  ]
}

/** The target is there already, as the truth. */
function ownFields({ columns }: KeptRows, target: string | null): readonly RowField[] {
  return columns.flatMap(({ name }, column): RowField[] =>
    name === target ? [] : [{ of: 'column', column }],
  )
}
