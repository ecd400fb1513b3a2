import type { Evidence } from './evidence'

/** Memory that evidence takes. */
export function evidenceBytes(evidence: Evidence): number {
  if (evidence.kind === 'regression') return evidence.predicted.byteLength
  if (evidence.kind === 'parity') return 2 * (evidence.means?.absolute.byteLength ?? 0)
  if (evidence.kind === 'policy') return evidence.returns?.byteLength ?? 0
  const { predicted, scores } = evidence
  if (scores === null) return predicted.byteLength
  const { logLoss, brier, isInTop5, bins, gaps, rankings } = scores
  const columns = [predicted, logLoss, brier, bins, gaps, ...(isInTop5 === null ? [] : [isInTop5])]
  const ranks = (rankings ?? []).flatMap(({ order, endsTie }) => [order, endsTie])
  return [...columns, ...ranks].reduce((sum, { byteLength }) => sum + byteLength, 0)
}
