import type { Preparation } from '../contract/reader'
import type { Report } from '../core/report'
import type { RunRequest } from '../engine/run-request'

/** Rows behind every figure: of a policy the bars of the whole range, windows not counted again. */
export function rowsCompared({ rows, policy }: Preparation): number {
  const [whole] = policy?.windows ?? []
  return whole === undefined ? rows : whole.end - whole.start
}

/** How the policies were traded, for the report; nothing for other tasks. */
export function policySettings(
  request: Pick<RunRequest, 'models' | 'preparation'>,
): Report['task']['settings'] {
  const { policy } = request.preparation
  if (policy === null) return {}
  const [whole, first] = policy.windows
  const fits = request.models.flatMap(({ id, name }) => {
    const fit = policy.fits[id]
    return fit === undefined ? [] : [{ name, ...fit }]
  })
  return {
    ...policy.shared,
    actions: shared(fits.map(({ name, actions }) => ({ name, text: actions.join('|') }))),
    accountFeatures: shared(
      fits.map(({ name, accountFeatures }) => ({
        name,
        text: accountFeatures.join('|') || 'none',
      })),
    ),
    windowsInitial: first === undefined ? null : (whole?.start ?? 0),
    windowsStep: first === undefined ? null : first.end - first.start,
  }
}

/** One text where all models have the same, else one for each. */
function shared(entries: readonly { readonly name: string; readonly text: string }[]): string {
  const [first] = entries
  if (entries.every(({ text }) => text === first?.text)) return first?.text ?? ''
  return entries.map(({ name, text }) => `${name} ${text}`).join(', ')
}
