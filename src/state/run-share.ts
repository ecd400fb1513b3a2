import type { ShareResult } from '../core/automation'
import { success, type Outcome } from '../core/failure'
import type { Share } from '../core/part'
import { askedRanges, askedRows } from '../engine/asked-rows'
import { CollectedAnswers } from '../engine/collected-answers'
import { shareRanges } from '../engine/share-ranges'
import { makePart } from './make-part'
import type { RunContext } from './result'
import type { RunState } from './run-state.svelte'

/** Runs the rows of one share, of the models that the plan can run, and makes a part of them. */
export async function runShare(
  context: RunContext,
  run: RunState,
  share: Share,
): Promise<Outcome<ShareResult>> {
  const { request } = context
  const { preparation, models } = request
  const shared = models.flatMap(({ id }) => {
    const binding = preparation.bindings[id]
    if (binding?.ok !== true) return []
    const hasOwn = binding.value.checkpoints !== undefined
    const wholes = hasOwn ? askedRanges(preparation, id) : preparation.pieces
    return [{ id, rows: askedRows(preparation, id), wholes }]
  })
  const collected = new CollectedAnswers(shareRanges(shared, share))
  const ended = await run.start({ ...request, handedOut: collected }, () => undefined)
  const part = await makePart(context, ended, collected, share)
  if (!part.ok) return part
  const names = new Map(models.map(({ id, name }) => [id, name]))
  return success({
    part: part.value,
    events: ended.events,
    models: ended.runs.map(({ modelId, status, failure }) => ({
      ...{ name: names.get(modelId) ?? modelId, status, error: failure },
    })),
  })
}
