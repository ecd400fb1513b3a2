import type { DatasetInfo, Roles } from '../core/dataset'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'

/** Roles as column indices. */
export interface ResolvedRoles {
  readonly target: number
  /** In the order that models read them. */
  readonly features: readonly number[]
  /** Numeric columns besides the target. */
  readonly available: number
}

/**
 * Looks the columns of a request up.
 * @param takesTexts whether a model reads texts, so that features need not be numeric
 */
export function resolveRoles(
  info: DatasetInfo,
  roles: Roles,
  takesTexts = false,
): Outcome<ResolvedRoles> {
  // A Map: columns may be called `__proto__`. The first of several equal names counts.
  const indices = new Map(info.columns.map(({ name }, index) => [name, index] as const).reverse())
  const name = quoted(info.name)
  const target = roles.target === null ? undefined : indices.get(roles.target)
  if (target === undefined) {
    return failed(
      'target-absent',
      roles.target === null
        ? `No target is chosen for ${name}.`
        : `${name} has no column ${quoted(roles.target)} to be the target.`,
      'Choose the column that holds the true answers as target.',
    )
  }
  if (info.columns[target]?.type === 'tensor') {
    return failed(
      'target-unusable',
      `The target ${quoted(roles.target ?? '')} holds an array of numbers in every row.`,
      'Choose a column with one answer per row as target.',
    )
  }
  const features: number[] = []
  for (const feature of roles.features) {
    const index = indices.get(feature)
    if (index === undefined) {
      const message = `${name} has no column ${quoted(feature)} to be a feature.`
      return failed('feature-absent', message, 'Choose features among the columns of the file.')
    }
    if (index === target) {
      const message = `${quoted(feature)} is both the target and a feature.`
      return failed('setting-invalid', message, 'Leave the target out under Features.')
    }
    features.push(index)
  }
  const available = info.columns.filter(
    ({ type }, index) => index !== target && type !== 'text',
  ).length
  if (available === 0 && !takesTexts) {
    return failed(
      'no-numeric-feature',
      `${name} has no numeric column besides the target ${quoted(roles.target ?? '')}.`,
      'Choose another target, or a file with numeric columns.',
    )
  }
  if (!features.some((feature) => takesTexts || info.columns[feature]?.type !== 'text')) {
    const message = `No numeric column of ${name} is chosen as a feature.`
    return failed('no-numeric-feature', message, 'Pick numeric columns under Features.')
  }
  return success({ target, features, available })
}
