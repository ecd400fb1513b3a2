import type { Backend } from '../core/evaluation'
import type { InputLayout, RolloutBinding } from '../core/task'
import { ContentHash } from '../core/content-hash'
import type { RunRequest } from './run-request'

declare const __RUNTIME_VERSION__: string

/** Raised when the same inputs would give other answers than an earlier version gave. */
const VERSION = 1

/**
 * Names a model's answers by everything that they depend on: model × dataset × settings. The batch
 * size is left out: WASM answers are bit-equal whatever the batch. Lower-case hex.
 */
export function answerKey(request: RunRequest, modelId: string, backend: Backend): string {
  const model = request.models.find(({ id }) => id === modelId)
  const binding = request.preparation.bindings[modelId]
  if (model === undefined || !binding?.ok) throw new Error(`model ${modelId} has no binding`)
  const { layouts, rows, droppedRows, chosen } = request.preparation
  const isPart = chosen !== null && rows + droppedRows < chosen.tableRows
  const text = JSON.stringify([
    VERSION,
    __RUNTIME_VERSION__,
    model.sha256,
    request.dataset.sha256,
    binding.value.inputs.map(({ input, layout, rowShape }) => [
      input,
      layouts[layout]?.key,
      rowShape,
    ]),
    binding.value.output,
    rolloutKey(binding.value.rollout, layouts),
    // Which rows were dropped follows from target and features, which the layouts do not name alone.
    [request.kind, request.roles.target, request.roles.features, rows, droppedRows],
    backend,
    ...(isPart ? [chosen.sha256] : []),
  ])
  const hash = new ContentHash()
  hash.update(new TextEncoder().encode(text))
  return hash.digest()
}

/** Everything that a policy's actions depend on; the way it is run is not among it. */
function rolloutKey(rollout: RolloutBinding | undefined, layouts: readonly InputLayout[]): unknown {
  if (rollout === undefined) return null
  const { settings, windows, observationLayout, priceLayout } = rollout
  return [settings, windows, layouts[observationLayout]?.key, layouts[priceLayout]?.key]
}
