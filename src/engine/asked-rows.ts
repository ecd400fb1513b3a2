import type { Preparation } from '../contract/reader'
import type { RowRange } from './journal'
import type { RunRequest } from './run-request'

/** Which rows a model is asked: those of its checkpoints, where it has one file for each window. */
export function askedRanges(preparation: Preparation, modelId: string): readonly RowRange[] {
  const binding = preparation.bindings[modelId]
  const checkpoints = binding?.ok === true ? binding.value.checkpoints : undefined
  if (checkpoints !== undefined) return checkpoints.map(({ start, end }) => ({ start, end }))
  return preparation.rows === 0 ? [] : [{ start: 0, end: preparation.rows }]
}

export function askedRows(preparation: Preparation, modelId: string): number {
  return askedRanges(preparation, modelId).reduce((rows, { start, end }) => rows + end - start, 0)
}

type Asked = Pick<RunRequest, 'preparation' | 'handedOut'>

/** The rows of a model that this run answers: those of its share, where it runs one. */
export function toAnswer(request: Asked, modelId: string): readonly RowRange[] {
  return request.handedOut?.ranges(modelId) ?? askedRanges(request.preparation, modelId)
}

export function rowsToAnswer(request: Asked, modelId: string): number {
  return toAnswer(request, modelId).reduce((rows, { start, end }) => rows + end - start, 0)
}
