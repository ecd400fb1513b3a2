import type { ModelAnswers } from './exploration'

/** What answers consist of, to be handed from one worker to another. */
export function answerBuffers(answers: readonly ModelAnswers[]): ArrayBuffer[] {
  return answers.flatMap((model) => {
    if (model.kind === 'parity') {
      const { difference, place, expected, given, isClose, classes } = model
      const parts = [place, expected, given, isClose, ...(difference === null ? [] : [difference])]
      const more = classes === null ? [] : [classes.reference, classes.answered]
      return [...new Set([...parts, ...more].map(({ buffer }) => buffer as ArrayBuffer))]
    }
    const confidence = model.kind === 'classification' ? model.confidence : null
    const columns = confidence === null ? [model.predicted] : [model.predicted, confidence]
    return columns.map(({ buffer }) => buffer as ArrayBuffer)
  })
}
