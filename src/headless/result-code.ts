import { formatList } from '../core/format'
import type { ReportModel } from '../core/report'
import { EXIT } from './exit-code'
import type { Terminal } from './terminal'

/** Says which models did not come to an end, and why. Answers the exit code. */
export function resultCode(
  models: readonly Pick<ReportModel, 'name' | 'status' | 'error'>[],
  terminal: Terminal,
): number {
  const unfinished = models.filter((model) => model.status !== 'ok')
  const failures = unfinished.filter((model) => model.status === 'failed')
  for (const { error } of failures) if (error !== null) terminal.fail(error)
  if (unfinished.some((model) => model.status === 'cancelled')) return EXIT.interrupted
  if (unfinished.length === 0) return EXIT.done
  terminal.remark(`Not evaluated: ${formatList(unfinished.map((model) => model.name))}.`)
  return EXIT.modelFailed
}
