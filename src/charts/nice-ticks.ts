/** Steps that people count in, within one power of ten. */
const STEPS = [1, 2, 5, 10]

/** Round values within `low` … `high`, about `count` of them, ascending. */
export function niceTicks(low: number, high: number, count = 5): readonly number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = (STEPS.find((candidate) => candidate * power >= rough) ?? 10) * power
  const ticks: number[] = []
  // Counted in steps: adding up would gather rounding errors.
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  for (let index = first; index <= last; index += 1) ticks.push(index * step + 0)
  return ticks
}

/** Decimals at which neighbouring ticks differ. */
export function tickDecimals(ticks: readonly number[]): number {
  const step = Math.abs((ticks[1] ?? 0) - (ticks[0] ?? 0))
  return step === 0 ? 0 : Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
}
