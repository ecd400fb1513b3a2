import { quoted } from '../../core/display-text'
import { failed, success, type Failure, type Outcome } from '../../core/failure'
import { formatList } from '../../core/format'
import type { ModelInfo } from '../../core/model'
import type { OutputPart, RecordedAnswers, Tolerance } from '../../core/task'
import type { OutputMapping } from '../map-outputs'
import type { FedModel, TaskFit } from '../prepare-rows'
import { failureOf } from '../task'
import { matchOutputs, type Counterparts, type MatchedOutputs } from './match-outputs'
import { readableOutputs, type ReadableOutput } from './readable-outputs'

export interface ParityQuestion {
  /** All that were given, those too that cannot be fed. */
  readonly models: readonly ModelInfo[]
  readonly fed: readonly FedModel[]
  readonly rows: number
  readonly index: Uint32Array | null
  readonly tolerance: Tolerance
}

/** Every model against answers that came with the data. */
export function fitToRecorded(
  { fed, rows, index, tolerance }: ParityQuestion,
  recorded: RecordedAnswers,
): TaskFit {
  const [first] = recorded.parts
  const outputs: readonly ReadableOutput[] = recorded.parts
  const separate: Counterparts = { title: 'the recorded answers', outputs }
  // Columns of one number each may be the numbers of one output: together they stand for it.
  const together: Counterparts | null =
    first !== undefined && outputs.length > 1
      ? {
          ...separate,
          outputs: [{ output: WHOLE_ROW, width: recorded.width, kind: 'values', type: 'float64' }],
        }
      : null
  return {
    targets: {
      kind: 'parity',
      rows,
      index: tableRows(index),
      referenceId: null,
      recorded,
      tolerance,
    },
    labels: null,
    outputs: new Map(
      fed.map(({ model, inputs }) => {
        const own = readableOutputs(model, inputs)
        const matched = matchOutputs(model, own, separate)
        const whole =
          !matched.ok && together !== null && own.length === 1
            ? matchOutputs(model, own, together)
            : matched
        return [model.id, mapped(whole.ok ? whole : matched)]
      }),
    ),
  }
}

/** Counterpart of an output that is compared with all recorded columns side by side. */
export const WHOLE_ROW = ''

/** Every model against the answers of one of them. */
export function fitToModel(question: ParityQuestion, baselineId: string | null): Outcome<TaskFit> {
  const { models, fed, rows, index, tolerance } = question
  const reference = models.find(({ id }) => id === baselineId)
  if (models.length < 2 || reference === undefined) {
    return failed(
      'reference-absent',
      'There is nothing to hold the answers against: a parity check needs a baseline and another model, or recorded answers.',
      'Add a second model, or choose columns with recorded answers as reference.',
    )
  }
  const fedReference = fed.find(({ model }) => model.id === reference.id)
  const parts = fedReference === undefined ? [] : referenceParts(fedReference, fed)
  const others = fed.filter(({ model }) => model.id !== reference.id)
  const outputs = new Map<string, Outcome<OutputMapping>>()
  if (fedReference !== undefined) {
    const own = { parts, warnings: unread(reference, parts) }
    outputs.set(
      reference.id,
      parts.length === 0 ? nothingToRead(reference) : success(mappingOf(own)),
    )
  }
  const counterparts = { title: `the baseline ${reference.fileName}`, outputs: parts }
  for (const { model, inputs } of others) {
    const matched =
      parts.length === 0
        ? failureOf(referenceFailed(model.fileName, reference.fileName))
        : matchOutputs(model, readableOutputs(model, inputs), counterparts)
    outputs.set(model.id, mapped(matched))
  }
  const targets = { kind: 'parity', rows, index: tableRows(index), tolerance } as const
  return success({
    targets: { ...targets, referenceId: reference.id, recorded: null },
    labels: null,
    outputs,
    referenceId: reference.id,
  })
}

/** Why a model has no figures where the reference has no answers. */
export function referenceFailed(fileName: string, reference: string): Failure {
  return {
    code: 'reference-failed',
    message: `${fileName} has nothing to be compared with: the baseline ${reference} gives no answers.`,
    advice: `Choose another baseline, or see what ${reference} needs.`,
  }
}

/** What the reference reads: all that has a width, by its own word or that of a namesake. */
function referenceParts({ model, inputs }: FedModel, fed: readonly FedModel[]): OutputPart[] {
  const others = fed.flatMap((other) => readableOutputs(other.model, other.inputs))
  return readableOutputs(model, inputs).flatMap(({ output, width, kind, type }) => {
    const namesake = others.find((other) => other.output === output && other.width !== null)
    const known = width ?? namesake?.width ?? null
    return known === null ? [] : [{ output, counterpart: output, width: known, kind, type }]
  })
}

function unread({ fileName, outputs }: ModelInfo, parts: readonly OutputPart[]): readonly string[] {
  const left = outputs.filter(({ name }) => !parts.some(({ output }) => output === name))
  return left.length === 0
    ? []
    : [
        `${fileName}: ${formatList(left.map(({ name }) => quoted(name)))} cannot be read row by row and ${left.length === 1 ? 'is' : 'are'} not compared.`,
      ]
}

function nothingToRead({ fileName }: ModelInfo): Outcome<never> {
  return failed(
    'output-shape',
    `${fileName} has no output with an answer for every row.`,
    'Choose another baseline.',
  )
}

function mapped(matched: Outcome<MatchedOutputs>): Outcome<OutputMapping> {
  return matched.ok ? success(mappingOf(matched.value)) : matched
}

function mappingOf({ parts, warnings }: MatchedOutputs): OutputMapping {
  const width = parts.reduce((sum, part) => sum + part.width, 0)
  return {
    binding: { kind: 'outputs', output: parts[0]?.output ?? '', width, parts },
    warnings,
  }
}

/** As numbers that the parts of a shared run can carry. */
function tableRows(index: Uint32Array | null): Int32Array | null {
  return index === null ? null : Int32Array.from(index)
}
