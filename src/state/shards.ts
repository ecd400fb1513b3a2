import type { AutomationResult, ShareResult } from '../core/automation'
import type { Outcome } from '../core/failure'
import type { Share } from '../core/part'
import { createReaderClient } from '../engine/create-reader-client'
import { GpuHealth } from '../engine/gpu-health'
import type { NamedPart } from '../report/check-parts'
import type { AppState } from './app-state.svelte'
import { mergeParts } from './merge-parts'
import { runShare } from './run-share'

/** Answers one share of what is set up, to be merged with the others elsewhere. */
export function startShare(app: AppState, share: Share): Promise<Outcome<ShareResult>> {
  return app.queue.add(async () => {
    const context = app.contextNow()
    return context.ok ? runShare(context.value, app.run, share) : context
  })
}

/** Makes one comparison of its parts, in place of what is set up. */
export function startMerge(
  app: AppState,
  parts: readonly NamedPart[],
): Promise<Outcome<AutomationResult>> {
  return app.queue.add(async () => {
    const reader = createReaderClient()
    const means = { run: app.run, reader, gpu: new GpuHealth(), version: app.version }
    const merged = await mergeParts(parts, means)
    reader.close()
    return merged.ok ? app.show(merged.value) : merged
  })
}
