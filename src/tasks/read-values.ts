import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import type { TargetColumn } from './target-column'

/** Reads a target as numbers, one per used row. */
export function readValues(target: TargetColumn): Outcome<Float64Array> {
  if (target.kind === 'text') {
    return failed(
      'target-unusable',
      `The target ${quoted(target.name)} is text, and regression needs numbers.`,
      'Choose classification as the task, or a numeric target.',
    )
  }
  const infinite = target.values.find((value) => !Number.isFinite(value))
  if (infinite !== undefined) {
    return failed(
      'target-unusable',
      `The target ${quoted(target.name)} holds an infinite value.`,
      'Correct the value in the file, or leave its cell empty so that the row is dropped.',
    )
  }
  return success(target.values)
}
