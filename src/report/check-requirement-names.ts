import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import type { MetricInfo } from '../core/metric'
import type { ReportModel } from '../core/report'
import { evaluateRequirement, RequirementError } from './evaluate-requirement'
import { requirementScope, type Place } from './requirement-scope'
import { parseRequirement } from './requirement-syntax'

/**
 * Whether an expression asks for what a report will hold, told before there is one: its names are looked
 * up, its figures are not known yet. What depends on the data (classes, windows) is let pass.
 */
export function checkRequirementNames(
  expression: string,
  metrics: readonly MetricInfo[],
): Outcome<null> {
  const syntax = parseRequirement(expression)
  if (!syntax.ok) return syntax
  const report = {
    dataset: { name: '', sha256: '', rows: 0, droppedRows: 0 },
    ...{ metrics, models: [], comparisons: [] },
    primaryMetric: { id: metrics[0]?.id ?? '', direction: 'higher' as const },
  }
  const scope = requirementScope(report, UNKNOWN_MODEL, UNKNOWN_MODEL)
  try {
    evaluateRequirement(syntax.value, new Map([...scope].map(([name, at]) => [name, unknown(at)])))
    return success(null)
  } catch (error) {
    if (!(error instanceof RequirementError)) throw error
    return failed(
      'setting-invalid',
      `The requirement ${quoted(expression)} cannot be checked. ${error.message.replace(/[.?]?$/, (mark) => mark || '.')}`,
      'Mend the expression; nothing has been run yet.',
    )
  }
}

/** The names without their figures. Where no name is known yet, any is. */
function unknown(place: Place): Place {
  if (place === null || typeof place !== 'object' || place.size === 0) return null
  return new Map([...place].map(([name, at]) => [name, unknown(at)]))
}

const UNKNOWN_MODEL: ReportModel = {
  ...{ name: '', sha256: '', bytes: 0, format: 'onnx', parameters: 0, opset: null },
  ...{ inputs: [], outputs: [], status: 'ok', error: null, attempts: 0, failedAttempts: [] },
  ...{ keptRows: 0, keptAt: null, parity: null, memory: null, backend: null, threads: null },
  ...{ batchSize: null, timing: null, metrics: {}, intervals: {}, perClass: null, windows: null },
  ...{ details: {}, notes: [], warnings: [] },
}
