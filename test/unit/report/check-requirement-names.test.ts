import { describe, expect, it } from 'vitest'
import { checkRequirementNames } from '../../../src/report/check-requirement-names'
import { allTasks } from '../../../src/tasks/task-registry'

const metrics = allTasks().flatMap(({ info }) =>
  info.kind === 'classification' ? info.metrics : [],
)
const messageOf = (expression: string) => {
  const checked = checkRequirementNames(expression, metrics)
  return checked.ok ? null : checked.failure.message
}

describe('checkRequirementNames', () => {
  it.each([
    'candidate.f1Macro >= baseline.f1Macro - 0.005',
    "candidate.verdict != 'worse' && candidate.adjustedPValue < 0.05",
    'candidate.timing.batchMs.p95 <= 1.1 * baseline.timing.batchMs.p95',
    'candidate.perClass["cat"].recall > 0.9',
    'candidate.windows[3].metrics.sharpe > 0',
    'candidate.intervals.accuracy.low > 0.9 && candidate.memory.bytes < 1e9',
    'candidate.error == null || dataset.rows > 100',
  ])('lets pass what a report can hold: %s', (expression) => {
    expect(messageOf(expression)).toBeNull()
  })

  it.each([
    [
      'candidate.f1Macros > 0.9',
      'candidate has nothing called "f1Macros": did you mean "f1Macro"?',
    ],
    ['challenger.f1Macro > 0.9', 'There is nothing called "challenger"'],
    ['candidate.timing.p95 < 1', 'candidate.timing has nothing called "p95"'],
    ['candidate.rmse < 1 || dataset.rows > 0', 'candidate has nothing called "rmse"'],
    ['candidate.timing < 1', 'candidate.timing is no figure'],
  ])('finds the unknown name in %s', (expression, message) => {
    expect(messageOf(expression)).toContain(message)
  })
})
