import type { ClassLabel } from '../core/task'
import { integerLabel } from './integer-label'

export interface LabelPrediction {
  /** Class of each row: an index into `classes`, then into `foreignLabels`. */
  readonly predicted: Int32Array
  /** Answered labels that are none of the classes, in order of appearance. */
  readonly foreignLabels: readonly ClassLabel[]
  /** Rows with such an answer. */
  readonly foreignRows: number
  /** Whether whole numbers stand for the positions of classes that are texts. */
  readonly isByIndex: boolean
}

/** Beyond this many foreign labels all further ones count as one. */
const FOREIGN_CAP = 100
const OTHER_LABELS = 'other labels'

/**
 * Answered labels become classes; `1`, `1.0` and the number 1 are one label. A label that is none of
 * the classes becomes a class of its own, which no row is of: as in scikit-learn it is counted wrong
 * and takes part in averages over classes.
 */
export function predictLabels(
  data: Float32Array | Float64Array | readonly string[],
  classes: readonly ClassLabel[],
): LabelPrediction {
  const lookup = new LabelLookup(classes, ArrayBuffer.isView(data))
  const predicted = new Int32Array(data.length)
  let foreignRows = 0
  for (let row = 0; row < data.length; row += 1) {
    const position = lookup.classOf(data[row] as number | string)
    predicted[row] = position
    if (position >= classes.length) foreignRows += 1
  }
  const { foreignLabels, isByIndex } = lookup
  return { predicted, foreignLabels, foreignRows, isByIndex }
}

class LabelLookup {
  readonly foreignLabels: ClassLabel[] = []
  readonly isByIndex: boolean
  readonly #texts = new Map<string, number>()
  readonly #numbers = new Map<number, number>()
  readonly #foreign = new Map<ClassLabel, number>()

  constructor(
    private readonly classes: readonly ClassLabel[],
    isNumeric: boolean,
  ) {
    for (const [position, label] of classes.entries()) {
      this.#texts.set(label, position)
      const integer = integerLabel(label)
      if (integer !== null) this.#numbers.set(Number(integer), position)
    }
    this.isByIndex = isNumeric && this.#numbers.size === 0
  }

  classOf(label: number | string): number {
    return this.#known(label) ?? this.#foreignClass(String(label))
  }

  #known(label: number | string): number | undefined {
    if (typeof label === 'string') {
      const exact = this.#texts.get(label)
      if (exact !== undefined) return exact
      const integer = integerLabel(label)
      return integer === null ? undefined : this.#numbers.get(Number(integer))
    }
    if (!this.isByIndex) return this.#numbers.get(label)
    return Number.isInteger(label) && this.classes[label] !== undefined ? label : undefined
  }

  #foreignClass(label: ClassLabel): number {
    const known = this.#foreign.get(label)
    if (known !== undefined) return known
    const name = this.foreignLabels.length < FOREIGN_CAP ? label : OTHER_LABELS
    if (this.foreignLabels.length <= FOREIGN_CAP) this.foreignLabels.push(name)
    const position = this.classes.length + this.foreignLabels.length - 1
    // Texts of a hostile model are not kept without end.
    if (name === label) this.#foreign.set(label, position)
    return position
  }
}
