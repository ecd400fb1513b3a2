import type { Targets } from '../core/task'

/** The true answers of all rows in shared memory, so that page and workers hold them once. */
export function shareTargets(targets: Targets): Targets {
  if (targets.kind === 'regression') {
    const values = new Float64Array(new SharedArrayBuffer(targets.values.byteLength))
    values.set(targets.values)
    return { ...targets, values }
  }
  if (targets.kind === 'classification') {
    const classes = new Int32Array(new SharedArrayBuffer(targets.classes.byteLength))
    classes.set(targets.classes)
    return { ...targets, classes }
  }
  return targets
}
