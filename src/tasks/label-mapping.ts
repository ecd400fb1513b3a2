import { CLASSES } from '../core/caps'
import { failed, success, type Failure, type Outcome } from '../core/failure'
import type { ModelInfo } from '../core/model'
import type { ClassLabel, LabelMapping, OutputBinding } from '../core/task'
import { integerLabel } from './integer-label'
import { quoted } from '../core/display-text'
import type { DataLabels } from './read-labels'

export interface ReadModel {
  readonly model: ModelInfo
  readonly output: OutputBinding
}

export interface LabelFit {
  readonly mapping: LabelMapping
  /** Models whose scores do not belong to these classes, by model id. */
  readonly failures: ReadonlyMap<string, Failure>
}

interface ModelOrder extends LabelMapping {
  readonly model: ModelInfo
}

const LABELS_SHOWN = 3

/**
 * Finds which class each score belongs to, one order for all models of a comparison: the order
 * that most of them share, the first of these where it is a draw. A model with another one fails,
 * since its scores would be read wrongly without a sign. Models that answer with labels fit any.
 */
export function mapLabels(labels: DataLabels, models: readonly ReadModel[]): LabelFit {
  const failures = new Map<string, Failure>()
  const orders: ModelOrder[] = []
  for (const { model, output } of models) {
    if (output.kind !== 'scores' && output.kind !== 'binary') continue
    const order = scoreOrder(labels, model, output.kind === 'binary' ? 2 : output.width)
    if (order.ok) orders.push({ model, ...order.value })
    else failures.set(model.id, order.failure)
  }
  const shared = mostShared(orders)
  if (shared === null) {
    const source = `The classes are the labels in ${quoted(labels.target)}, sorted.`
    return { mapping: { classes: labels.labels, source }, failures }
  }
  for (const order of orders) {
    if (!isSame(order, shared)) failures.set(order.model.id, disagreement(order, shared))
  }
  return { mapping: { classes: shared.classes, source: shared.source }, failures }
}

/** The classes of one model's scores, in their order. */
function scoreOrder(labels: DataLabels, model: ModelInfo, scores: number): Outcome<LabelMapping> {
  const found = labels.labels.length
  const target = quoted(labels.target)
  if (scores > CLASSES || found > scores) {
    return failed(
      'label-mapping',
      scores > CLASSES
        ? `${model.fileName} gives ${String(scores)} scores per row, more than the ${String(CLASSES)} classes that can be compared.`
        : `${model.fileName} tells ${String(scores)} classes apart, and the target ${target} has ${String(found)} different labels.`,
      'Check the target under Features, or leave this model out.',
    )
  }
  const own = ownLabels(labels, model, scores)
  if (own !== null) return ownOrder(labels, model, own)
  if (labels.kind === 'integer' && labels.labels.every((label) => isIndex(label, scores))) {
    const classes = Array.from({ length: scores }, (_, i) => String(i))
    return success({ classes, source: `Score i belongs to the label i of ${target}, from 0.` })
  }
  if (found === scores) {
    const order =
      labels.kind === 'integer'
        ? 'sorted by size'
        : "sorted by code point as scikit-learn's LabelEncoder does"
    const source = `The scores are read in the order of the labels in ${target}, ${order}.`
    return success({ classes: labels.labels, source })
  }
  return failed(
    'label-mapping',
    `${model.fileName} gives ${String(scores)} scores per row, the target ${target} has ${String(found)} different labels, and nothing says which scores are theirs.`,
    'Use data in which every class occurs, or a model that names its classes.',
  )
}

/** Labels that the model itself names for its scores; null where it names none that count. */
function ownLabels(labels: DataLabels, model: ModelInfo, scores: number): ClassLabel[] | null {
  const names = model.classLabels
  if (names?.length !== scores) return null
  const own =
    labels.kind === 'integer' ? names.map((name) => integerLabel(name) ?? name) : [...names]
  if (new Set(own).size !== own.length) return null
  // A model trained on encoded texts names only their numbers.
  const isEncoded =
    labels.kind === 'text' && own.every((name, i) => integerLabel(name) === String(i))
  return isEncoded && !covers(own, labels.labels) ? null : own
}

function ownOrder(labels: DataLabels, model: ModelInfo, own: ClassLabel[]): Outcome<LabelMapping> {
  const source = `The classes are in the order in which ${model.fileName} names them.`
  if (covers(own, labels.labels)) return success({ classes: own, source })
  const known = new Set(own)
  const unknown = labels.labels.filter((label) => !known.has(label))
  return failed(
    'label-mapping',
    `${model.fileName} names the classes ${listed(own)}, and the target ${quoted(labels.target)} also has ${listed(unknown)}.`,
    'Check the target under Features, or write its labels as the model names them.',
  )
}

function covers(own: readonly ClassLabel[], labels: readonly ClassLabel[]): boolean {
  const known = new Set(own)
  return labels.every((label) => known.has(label))
}

function isIndex(label: ClassLabel, size: number): boolean {
  const value = Number(label)
  return value >= 0 && value < size
}

function isSame(a: LabelMapping, b: LabelMapping): boolean {
  return (
    a.classes.length === b.classes.length &&
    a.classes.every((label, position) => label === b.classes[position])
  )
}

function mostShared(orders: readonly ModelOrder[]): ModelOrder | null {
  let best: ModelOrder | null = null
  let most = 0
  for (const order of orders) {
    const sharing = orders.filter((other) => isSame(order, other)).length
    if (sharing > most) {
      best = order
      most = sharing
    }
  }
  return best
}

function disagreement(order: ModelOrder, shared: ModelOrder): Failure {
  const message =
    order.classes.length === shared.classes.length
      ? `${order.model.fileName} has the classes ${listed(order.classes)}, ${shared.model.fileName} has ${listed(shared.classes)}, in this order.`
      : `${order.model.fileName} tells ${String(order.classes.length)} classes apart, ${shared.model.fileName} ${String(shared.classes.length)}.`
  const advice = 'Compare models of the same classes, in the same order.'
  return failed('label-mapping', message, advice).failure
}

function listed(labels: readonly ClassLabel[]): string {
  const shown = labels.slice(0, LABELS_SHOWN).map(quoted).join(', ')
  const more = labels.length - LABELS_SHOWN
  return more > 0 ? `${shown} and ${String(more)} more` : shown
}
