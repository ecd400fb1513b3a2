import { contentHash } from '../core/content-hash'
import type { Outcome } from '../core/failure'
import { success } from '../core/failure'
import { PART_SCHEMA, type Part, type Share } from '../core/part'
import type { CollectedAnswers } from '../engine/collected-answers'
import { packBody, type PartBody } from '../engine/part-body'
import { policySettings } from './policy-report'
import type { RunContext } from './result'
import type { RunEnd } from './run-state.svelte'

declare const __RUNTIME_VERSION__: string

/** What a run of a share leaves behind, ready to be written to a file. */
export async function makePart(
  context: RunContext,
  ended: RunEnd,
  collected: CollectedAnswers,
  share: Share,
): Promise<Outcome<Part>> {
  const { request } = context
  // Also for a share without a single row: any part may be the first that a merge looks at.
  const targets = await request.reader.targets()
  if (!targets.ok) return targets
  const dataset = { ...request.dataset, preview: [] }
  const { kind, metric, comparison, models, preparation, plan } = request
  const { task, roles, settings, baseline, machine, version } = context
  const body: PartBody = {
    ...{ kind, metric, comparison, task, dataset, roles, models, preparation, plan },
    targets: targets.value,
    ...{ settings, baseline, machine, userAgent: navigator.userAgent },
    ...{ disturbances: ended.disturbances, runtime: ended.runtime },
    ...{ runs: ended.runs, events: ended.events },
    answers: Object.fromEntries(collected.byModel),
  }
  return success({
    schema: PART_SCHEMA,
    createdAt: new Date().toISOString(),
    generator: { name: 'Bakeoff', version },
    runtime: { name: 'onnxruntime-web', version: __RUNTIME_VERSION__ },
    share,
    comparison: describeComparison(body, request),
    answers: collected.count,
    ...(await packBody(body)),
  })
}

/** The machine, and with it plan and lanes, may differ from part to part; all else may not. */
function describeComparison(body: PartBody, request: RunContext['request']): Part['comparison'] {
  const { dataset, models, kind, metric, roles, settings, baseline, preparation } = body
  const { comparison } = body
  const fingerprint = [kind, metric, comparison, dataset, roles, models, preparation]
  return {
    dataset: { name: dataset.name, sha256: dataset.sha256 },
    models: models.map(({ name, sha256 }) => ({ name, sha256 })),
    task: kind,
    settings: {
      ...{ metric: metric.id, target: roles.target, baseline, seed: settings.seed },
      ...policySettings(request),
    },
    fingerprint: contentHash(new TextEncoder().encode(JSON.stringify(fingerprint))),
  }
}
