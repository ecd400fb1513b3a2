import type { DatasetInfo, Roles } from '../../core/dataset'
import { quoted } from '../../core/display-text'
import { failed, success, type Outcome } from '../../core/failure'

/** Roles of a parity check as column indices. */
export interface ParityColumns {
  /** Columns that hold recorded answers, in order; empty where a model is the reference. */
  readonly reference: readonly number[]
  /** In the order that models read them. */
  readonly features: readonly number[]
  /** Columns of numbers without recorded answers. */
  readonly available: number
}

/**
 * Looks the columns of a request up; a target plays no part.
 * @param readsTexts whether a model reads texts, so that a text column alone will do
 */
export function resolveParityRoles(
  info: DatasetInfo,
  roles: Roles,
  readsTexts: boolean,
): Outcome<ParityColumns> {
  // A Map: columns may be called `__proto__`. The first of several equal names counts.
  const indices = new Map(info.columns.map(({ name }, index) => [name, index] as const).reverse())
  const name = quoted(info.name)
  const reference: number[] = []
  for (const column of roles.reference ?? []) {
    const index = indices.get(column)
    if (index === undefined) {
      const message = `${name} has no column ${quoted(column)} with recorded answers.`
      return failed('reference-absent', message, 'Choose columns of the file as reference.')
    }
    reference.push(index)
  }
  const features: number[] = []
  for (const feature of roles.features) {
    const index = indices.get(feature)
    if (index === undefined) {
      const message = `${name} has no column ${quoted(feature)} to be a feature.`
      return failed('feature-absent', message, 'Choose features among the columns of the file.')
    }
    if (reference.includes(index)) {
      const message = `${quoted(feature)} is both a reference and a feature.`
      return failed('setting-invalid', message, 'Leave it out of one.')
    }
    features.push(index)
  }
  const isUsable = (feature: number) => readsTexts || info.columns[feature]?.type !== 'text'
  if (!features.some(isUsable)) {
    const message = `No numeric column of ${name} is chosen as a feature.`
    return failed('no-numeric-feature', message, 'Pick numeric columns under Features.')
  }
  const available = info.columns.filter(
    ({ type }, index) => type !== 'text' && !reference.includes(index),
  ).length
  return success({ reference, features, available })
}
