import { execFileSync } from 'node:child_process'

/** Ids of all processes that descend from `pid`, nearest first. */
export function descendants(pid: number): readonly number[] {
  const children = new Map<number, number[]>()
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  for (const line of table.trim().split('\n')) {
    const [child = NaN, parent = NaN] = line.trim().split(/\s+/).map(Number)
    children.set(parent, [...(children.get(parent) ?? []), child])
  }
  const found = [...(children.get(pid) ?? [])]
  // Grows while it is walked.
  for (const next of found) found.push(...(children.get(next) ?? []))
  return found
}

/** Whether a process is there and not merely waiting to be reaped. */
export function isAlive(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
    return !state.trim().startsWith('Z')
  } catch {
    return false
  }
}

/** As the system ends processes when memory runs out: none of them can say goodbye. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended with its parent.
    }
  }
}
