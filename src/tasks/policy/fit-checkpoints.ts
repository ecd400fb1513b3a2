import { checkCheckpoints } from '../../core/checkpoint-sets'
import { quoted } from '../../core/display-text'
import { failed, success, type Outcome } from '../../core/failure'
import type { ModelInfo } from '../../core/model'
import type { PolicySettings, PolicyWindow } from '../../core/policy'
import type { CheckpointBinding, ModelBinding, PolicyPath } from '../../core/task'

/** One policy, ready to be led through the market. */
export interface FittedPolicy {
  readonly settings: PolicySettings
  readonly path: { readonly path: PolicyPath; readonly reason: string }
  readonly binding: ModelBinding
}

/**
 * Fits a policy that has a file per walk-forward window: window i is run by checkpoint i, and the whole
 * range by none. Fails where there are more or fewer checkpoints than windows, where one of them does
 * not fit, and where they would be understood differently.
 * @param windows the whole range, then walk-forward windows
 */
export function fitCheckpoints(
  { name, checkpoints = [] }: ModelInfo,
  windows: readonly PolicyWindow[],
  fit: (checkpoint: ModelInfo) => Outcome<FittedPolicy>,
): Outcome<FittedPolicy> {
  const [whole, ...tests] = windows
  const checked = checkCheckpoints({ name, checkpoints }, tests.length)
  if (!checked.ok) return checked
  const bindings: CheckpointBinding[] = []
  let first: FittedPolicy | null = null
  let start = whole === undefined ? 0 : whole.end - whole.start
  for (const [index, checkpoint] of checkpoints.entries()) {
    const fitted = fit(checkpoint)
    if (!fitted.ok) return fitted
    first ??= fitted.value
    if (!isSame(first.settings, fitted.value.settings)) {
      return failed(
        'model-unsupported',
        `${quoted(checkpoint.name)} has other actions, or reads its account otherwise, than ${quoted(checkpoints[0]?.name ?? name)}.`,
        'Give checkpoints of one policy the same actions and observations.',
      )
    }
    const window = tests[index]
    const end = start + (window === undefined ? 0 : window.end - window.start)
    const { id: modelId, fileName } = checkpoint
    bindings.push({ modelId, fileName, start, end, binding: fitted.value.binding })
    start = end
  }
  if (first === null) return failed('internal', 'A set has no checkpoint.', 'Add the files again.')
  const rowBytes = Math.max(...bindings.map(({ binding }) => binding.rowBytes))
  return success({
    settings: first.settings,
    path: { ...first.path, reason: 'Each window is run by a checkpoint of its own.' },
    binding: { ...first.binding, rowBytes, checkpoints: bindings },
  })
}

function isSame(one: PolicySettings, other: PolicySettings): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
