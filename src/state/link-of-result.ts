import type { Outcome } from '../core/failure'
import type { Report } from '../core/report'
import type { ResultLink } from '../report/result-link'

/** A result as a link. What makes it is fetched when it is asked for. */
export async function linkOfResult(report: Report): Promise<Outcome<ResultLink>> {
  const { resultLink } = await import('../report/result-link')
  return resultLink(report)
}
