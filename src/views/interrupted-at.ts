import { formatPercent } from '../core/format'

/** `interrupted at 62 %`: rounded down, since nothing that is unfinished is at 100 %. */
export function interruptedAt({
  rowsDone,
  rowsTotal,
}: {
  readonly rowsDone: number
  readonly rowsTotal: number
}): string {
  const percent = rowsTotal === 0 ? 0 : Math.floor((100 * rowsDone) / rowsTotal)
  return `interrupted at ${formatPercent(Math.min(99, percent) / 100, 0)}`
}
