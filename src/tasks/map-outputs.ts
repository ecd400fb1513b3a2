import { failed, success, type Outcome } from '../core/failure'
import { describeValue, type ModelInfo, type TensorType, type ValueInfo } from '../core/model'
import type { OutputBinding, TaskKind } from '../core/task'
import type { InputMapping } from './map-inputs'
import { quoted } from '../core/display-text'
import { rowWidth } from './row-width'

export interface OutputMapping {
  readonly binding: OutputBinding
  /** Sentences on what was chosen and what was left. */
  readonly warnings: readonly string[]
}

interface Candidate {
  readonly binding: OutputBinding
  /** 2: as many scores as classes; 1: more; 0: fewer. */
  readonly fit: number
  /** How much the name says that this is the answer. */
  readonly hint: number
}

const FLOATS: ReadonlySet<TensorType> = new Set<TensorType>(['float32', 'float64', 'float16'])
const LABELS: ReadonlySet<TensorType> = new Set<TensorType>([
  'int64',
  'int32',
  'int16',
  'int8',
  'uint64',
  'uint32',
  'uint16',
  'uint8',
  'bool',
  'string',
])
const OUTPUTS_SHOWN = 3

/**
 * Finds the output that answers the task. Classification: scores before one binary score before
 * labels, those with as many scores as classes first, then by name. Regression: one float per row.
 * @param classes different labels in the data; ignored by regression
 */
export function mapOutputs(
  kind: TaskKind,
  model: ModelInfo,
  inputs: InputMapping,
  classes: number,
): Outcome<OutputMapping> {
  const chosen = model.mapping?.output ?? null
  const outputs = model.outputs.filter(({ name }) => chosen === null || name === chosen)
  if (outputs.length === 0) return noSuchOutput(model, chosen ?? '')
  const candidates = outputs
    .filter((output) => output.isTensor)
    .flatMap((output) => {
      const candidate =
        kind === 'regression'
          ? valueCandidate(output, inputs)
          : classCandidate(output, inputs, model, classes)
      return candidate === null ? [] : [candidate]
    })
  const ranked = rank(candidates)
  const [best, second] = ranked
  if (best === undefined) return nothingFits(kind, model, outputs)
  if (second !== undefined && isTie(best, second)) return ambiguous(model, ranked)
  return success({ binding: best.binding, warnings: explain(model, best, ranked) })
}

function valueCandidate(output: ValueInfo, inputs: InputMapping): Candidate | null {
  const row = rowWidth(output.shape, inputs)
  if (row === null || !FLOATS.has(output.type) || (row.width ?? 1) !== 1) return null
  const hint = /pred|variable|target|regress|estimate|value/i.test(output.name) ? 1 : 0
  return { binding: { kind: 'value', output: output.name, width: 1 }, fit: 2, hint }
}

function classCandidate(
  output: ValueInfo,
  inputs: InputMapping,
  model: ModelInfo,
  classes: number,
): Candidate | null {
  const row = rowWidth(output.shape, inputs)
  if (row === null) return null
  if (LABELS.has(output.type)) {
    if ((row.width ?? 1) !== 1) return null
    const hint = /label|class|pred/i.test(output.name) ? 1 : 0
    return { binding: { kind: 'label', output: output.name, width: 1 }, fit: 2, hint }
  }
  if (!FLOATS.has(output.type)) return null
  const width = row.width ?? Math.max(2, model.classLabels?.length ?? classes)
  const told = width === 1 ? 2 : width
  const wanted = model.classLabels?.length === told ? told : classes
  return {
    binding: { kind: width === 1 ? 'binary' : 'scores', output: output.name, width },
    fit: told === wanted ? 2 : told > wanted ? 1 : 0,
    hint: scoreHint(output.name),
  }
}

function scoreHint(name: string): number {
  if (/prob|softmax/i.test(name)) return 2
  return /score|logit/i.test(name) ? 1 : 0
}

/** Best first. Labels come before scores that are most likely something else, an embedding say. */
function rank(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort(
    (a, b) => tier(b) - tier(a) || b.fit - a.fit || b.hint - a.hint || order(a) - order(b),
  )
}

function tier({ binding, fit, hint }: Candidate): number {
  if (binding.kind === 'label') return 1
  return fit === 2 || (fit === 1 && hint > 0) ? 2 : 0
}

function order({ binding }: Candidate): number {
  return binding.kind === 'scores' ? 0 : 1
}

function isTie(a: Candidate, b: Candidate): boolean {
  return (
    tier(a) === tier(b) && a.fit === b.fit && a.hint === b.hint && a.binding.kind === b.binding.kind
  )
}

function explain(model: ModelInfo, best: Candidate, ranked: readonly Candidate[]): string[] {
  const name = quoted(best.binding.output)
  const warnings: string[] = []
  const rivals = ranked.filter(
    (other) =>
      other !== best && (other.binding.kind === 'label') === (best.binding.kind === 'label'),
  )
  if (rivals.length > 0) {
    const others = rivals.map((other) => quoted(other.binding.output)).join(', ')
    warnings.push(`${model.fileName}: the output ${name} is read, ${others} left aside.`)
  }
  const skipped = model.outputs.find((output) => !output.isTensor)
  if (skipped !== undefined) {
    warnings.push(
      `${model.fileName}: the output ${quoted(skipped.name)} is a sequence or map (ZipMap) and is not read; ${name} is used.`,
    )
  }
  return warnings
}

function noSuchOutput(model: ModelInfo, name: string): Outcome<never> {
  const names = model.outputs.slice(0, OUTPUTS_SHOWN).map((output) => quoted(output.name))
  return failed(
    'setting-invalid',
    `${model.fileName} has no output ${quoted(name)}; its outputs are ${names.join(', ')}.`,
    'Choose another one on the card of the model (--output in the command).',
  )
}

function nothingFits(
  kind: TaskKind,
  model: ModelInfo,
  outputs: readonly ValueInfo[],
): Outcome<never> {
  const shown = outputs
    .slice(0, OUTPUTS_SHOWN)
    .map((output) => `${quoted(output.name)} as ${describeValue(output)}`)
    .join(', ')
  const needs =
    kind === 'regression'
      ? 'regression needs one float per row'
      : 'classification needs scores or one label per row'
  return failed(
    'output-shape',
    `${model.fileName} gives ${shown === '' ? 'no output' : shown}; ${needs}.`,
    kind === 'regression'
      ? 'Choose classification as the task, or leave this model out.'
      : 'Choose another task, or leave this model out.',
  )
}

function ambiguous(model: ModelInfo, ranked: readonly Candidate[]): Outcome<never> {
  const rivals = ranked
    .slice(0, OUTPUTS_SHOWN)
    .map((candidate) => quoted(candidate.binding.output))
    .join(', ')
  return failed(
    'output-shape',
    `${model.fileName} has several outputs that could be the answer: ${rivals}.`,
    'Choose one of them under Mapping on the card of the model (--output in the command).',
  )
}
