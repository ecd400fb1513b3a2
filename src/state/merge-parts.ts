import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { formatQuantity } from '../core/format'
import { BroughtAnswers } from '../engine/brought-answers'
import type { GpuHealth } from '../engine/gpu-health'
import { mergeRuns } from '../engine/merge-runs'
import { unpackBody, type PartBody } from '../engine/part-body'
import type { ReaderClient } from '../engine/reader-client'
import type { RunRequest } from '../engine/run-request'
import { checkParts, type NamedPart } from '../report/check-parts'
import { makeResult, type Result, type RunContext } from './result'
import type { RunState } from './run-state.svelte'

interface Means {
  readonly run: RunState
  readonly reader: ReaderClient
  readonly gpu: GpuHealth
  readonly version: string
}

/**
 * Scores the answers of all parts of a comparison: the same run as any other, but that every answer
 * is brought in. No model is loaded.
 */
export async function mergeParts(
  parts: readonly NamedPart[],
  { run, reader, gpu, version }: Means,
): Promise<Outcome<Result>> {
  const checked = checkParts(parts)
  if (!checked.ok) return checked
  const bodies: PartBody[] = []
  for (const { part, fileName } of checked.value) {
    const body = await unpackBody(part, quoted(fileName))
    if (!body.ok) return body
    bodies.push(body.value)
  }
  const [first] = bodies
  if (first === undefined) return failed('internal', 'There is no part.', 'Give every part.')
  const rows = bodies.map((body) => answeredRows(body))
  const context = makeContext(bodies, first, { reader, gpu, version })
  const ended = await run.start(context.request, () => undefined)
  const runs = ended.runs.map((merged) =>
    mergeRuns(
      merged,
      bodies.flatMap((body, index) => {
        const own = body.runs.find(({ modelId }) => modelId === merged.modelId)
        return own === undefined ? [] : [{ run: own, rows: rows[index]?.get(merged.modelId) ?? 0 }]
      }),
    ),
  )
  const shares = formatQuantity(bodies.length, 'share')
  return success(
    makeResult(
      { ...context, userAgent: first.userAgent },
      {
        ...ended,
        runs,
        runtime: bodies.map(({ runtime }) => runtime).find((one) => one !== null) ?? null,
        disturbances: [
          ...(bodies.length > 1
            ? [`Merged from ${shares}, run apart: times are sums, and machines may differ.`]
            : []),
          ...new Set(bodies.flatMap(({ disturbances }) => disturbances)),
        ],
        events: [...bodies.flatMap(({ events }) => events), ...ended.events],
      },
    ),
  )
}

/** Counted before the buffers are given away. */
function answeredRows({ answers }: PartBody): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(answers).map(([modelId, ranges]) => [
      modelId,
      ranges.reduce((sum, { start, end }) => sum + end - start, 0),
    ]),
  )
}

function makeContext(
  bodies: readonly PartBody[],
  first: PartBody,
  { reader, gpu, version }: Omit<Means, 'run'>,
): RunContext {
  const { kind, metric, comparison, task, dataset, roles, models, preparation, plan } = first
  const { settings, baseline, machine } = first
  const request: RunRequest = {
    ...{ kind, metric, comparison, dataset, roles, models, preparation, plan, gpu },
    files: new Map(),
    reader: { ...reader, targets: () => Promise.resolve(success(first.targets)) },
    ...{ journal: null, useKept: false, broughtIn: new BroughtAnswers(bodies) },
  }
  const colours = new Map(models.map(({ name }, index) => [name, index]))
  return { request, task, machine, roles, settings, baseline, colours, version }
}
