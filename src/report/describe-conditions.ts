import { formatCount, formatList, formatQuantity } from '../core/format'
import type { Report } from '../core/report'
import { FEW_ROWS } from './verdict'

const SHORT_HASH = 8

/** What a figure of this report depends on, as short phrases for the line under the verdict. */
export function describeConditions(report: Report, metricLabel: string): readonly string[] {
  const { dataset, models } = report
  const failures = models.filter((model) => model.status === 'failed').length
  return [
    `${metricLabel}, ${report.primaryMetric.direction} is better`,
    `${formatQuantity(dataset.rows, 'row')} of ${dataset.name}`,
    dataset.droppedRows > 0 ? `${formatQuantity(dataset.droppedRows, 'row')} dropped` : null,
    dataset.rows < FEW_ROWS ? `fewer than ${formatCount(FEW_ROWS)} rows` : null,
    describeBackends(report),
    failures > 0 ? `${formatQuantity(failures, 'model')} failed` : null,
    `data ${dataset.sha256.slice(0, SHORT_HASH)}`,
    `seed ${String(report.task.settings['seed'] ?? 0)}`,
    'without a significance test',
  ].filter((part) => part !== null)
}

function describeBackends(report: Report): string | null {
  const parts = new Set<string>()
  for (const model of report.models.filter(({ status }) => status === 'ok')) {
    if (model.backend === 'webgpu') {
      const adapter = report.environment.adapter?.description ?? ''
      parts.add(adapter === '' ? 'WebGPU' : `WebGPU (${adapter})`)
    } else if (model.backend === 'wasm') {
      parts.add(
        model.threads === null ? 'WASM' : `WASM, ${formatQuantity(model.threads, 'thread')}`,
      )
    }
  }
  return parts.size === 0 ? null : formatList([...parts])
}
