/**
 * Milliseconds of processor time that this process spends on some work: unlike the time on the wall they
 * do not grow with whatever else the machine is doing.
 */
export function cpuTime(work: () => void): number {
  const before = process.cpuUsage()
  work()
  return spentSince(before)
}

/** {@link cpuTime} of work that waits, and what comes of it. */
export async function timed<T>(work: () => Promise<T>): Promise<{ value: T; spent: number }> {
  const before = process.cpuUsage()
  const value = await work()
  return { value, spent: spentSince(before) }
}

function spentSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
