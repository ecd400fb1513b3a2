import type { Report, ReportModel } from '../core/report'

/** Best first, failed models last, as the report ranks them. */
export function rankedModels(report: Report): readonly ReportModel[] {
  const models = new Map(report.models.map((model) => [model.name, model]))
  return report.ranking.flatMap((name) => models.get(name) ?? [])
}
