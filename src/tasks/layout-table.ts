import type { Dataset } from '../core/dataset'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import type { ModelInfo } from '../core/model'
import type { InputBinding, InputLayout } from '../core/task'
import { checkValues, type Misfit } from './check-values'
import type { InputMapping, MappedInput } from './map-inputs'

/** The distinct layouts that a comparison's models read, each with its values checked once. */
export class LayoutTable {
  readonly layouts: InputLayout[] = []
  /** By layout: its columns as indices into the dataset. */
  readonly columns: number[][] = []
  readonly #misfits: (Misfit | null)[] = []
  readonly #byKey = new Map<string, number>()
  readonly #columnIndices: ReadonlyMap<string, number>

  constructor(
    private readonly dataset: Dataset,
    private readonly index: Uint32Array | null,
  ) {
    this.#columnIndices = new Map(
      dataset.info.columns.map(({ name }, column) => [name, column] as const).reverse(),
    )
  }

  /** Gives each input a layout; fails where the data holds values that the input's type does not. */
  bind(model: ModelInfo, mapping: InputMapping): Outcome<readonly InputBinding[]> {
    const bindings: InputBinding[] = []
    for (const mapped of mapping.inputs) {
      const layout = this.#layoutFor(mapped)
      const misfit = this.#misfits[layout] ?? null
      if (misfit !== null) return misfitFailure(model, mapped, misfit)
      const { input, type, rowShape, hasBatchAxis } = mapped
      bindings.push({ input, layout, type, rowShape, hasBatchAxis })
    }
    return success(bindings)
  }

  #layoutFor({ type, columns }: MappedInput): number {
    const names = columns.map(({ name }) => name)
    const key = `${type} ${JSON.stringify(names)}`
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const layout = this.layouts.length
    const indices = names.map((name) => this.#columnIndices.get(name) ?? -1)
    this.layouts.push({ key, columns: names, type })
    this.columns.push(indices)
    this.#misfits.push(checkValues(this.dataset, this.index, indices, type))
    this.#byKey.set(key, layout)
    return layout
  }
}

function misfitFailure(model: ModelInfo, input: MappedInput, misfit: Misfit): Outcome<never> {
  return failed(
    'input-dtype',
    `${model.fileName} reads ${quoted(input.input)} as ${input.type}, which cannot hold ${String(misfit.value)} (column ${quoted(misfit.column)}, data row ${String(misfit.row)}).`,
    `Leave ${quoted(misfit.column)} out under Features, or export the model with a float32 input.`,
  )
}
