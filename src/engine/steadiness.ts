const STEPS = 5
const SPREAD = 1.05

/** Whether the last five steps of a warm-up are within 5 % of each other. Pure. */
export function isSteady(stepMs: readonly number[]): boolean {
  const last = stepMs.slice(-STEPS)
  return last.length === STEPS && Math.max(...last) <= SPREAD * Math.min(...last)
}
