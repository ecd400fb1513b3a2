import { quoted } from '../../core/display-text'
import { formatList } from '../../core/format'
import type { TensorType } from '../../core/model'
import type { ParityDetails } from '../../core/report'
import type { OutputPart } from '../../core/task'
import type { AnsweredModel } from '../task'
import type { PairedAnswers } from './pair-answers'

/** Steps between numbers of these types, relative to the number: what a difference may be made of. */
const STEPS: Partial<Readonly<Record<TensorType, string>>> = {
  float16: 'float16 tells numbers apart by about 1 part in 1 000',
  bfloat16: 'bfloat16 tells numbers apart by about 1 part in 130',
}

/** Sentences on how the answers were compared. */
export function parityNotes(
  { classSource }: PairedAnswers,
  { output, reference }: AnsweredModel,
  against: ParityDetails['against'],
): readonly string[] {
  if (against === 'itself') return ['The reference: every other model is held against its answers.']
  const parts = output.parts ?? []
  const compared = parts.map(
    ({ output: name, counterpart }) =>
      quoted(name) +
      (counterpart === name || counterpart === '' ? '' : ` with ${quoted(counterpart)}`),
  )
  return [
    `Compared: ${formatList(compared)}.`,
    ...(classSource === null ? [] : [classSource]),
    ...typeNotes(parts, reference?.parts ?? []),
  ]
}

function typeNotes(parts: readonly OutputPart[], theirs: readonly OutputPart[]): readonly string[] {
  return parts.flatMap(({ output, counterpart, type }) => {
    const other = theirs.find((part) => part.output === counterpart)?.type
    if (other === undefined || other === type) return []
    const steps = [STEPS[type], STEPS[other]].filter((text) => text !== undefined)
    const why = steps.length === 0 ? '' : `: ${steps.join('; ')}`
    return [`${quoted(output)} is ${type}, the reference’s ${other}${why}.`]
  })
}
