import type { ModelAnswers } from './exploration'

/** What answers consist of, to be handed from one worker to another. */
export function answerBuffers(answers: readonly ModelAnswers[]): ArrayBuffer[] {
  return answers.flatMap((model) => {
    const confidence = model.kind === 'classification' ? model.confidence : null
    const columns = confidence === null ? [model.predicted] : [model.predicted, confidence]
    return columns.map(({ buffer }) => buffer as ArrayBuffer)
  })
}
