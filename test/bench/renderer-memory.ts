import { readdirSync, readFileSync } from 'node:fs'

const MIB = 2 ** 20
const SAMPLE_MS = 250

/**
 * Samples the memory of a browser's largest renderer, which holds the page and its workers: the
 * proportional set size, so that pages shared with other processes count by their share. Linux alone.
 */
export class RendererMemory {
  #peak = 0
  readonly #timer: NodeJS.Timeout

  /** @param browserPid of the process that Chromium was started as */
  constructor(private readonly browserPid: number) {
    this.#timer = setInterval(() => {
      this.#sample()
    }, SAMPLE_MS)
  }

  /** MiB, the largest since the last call. */
  takePeak(): number {
    this.#sample()
    const peak = this.#peak
    this.#peak = 0
    return peak / MIB
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #sample(): void {
    for (const pid of renderersOf(this.browserPid)) {
      this.#peak = Math.max(this.#peak, proportionalBytes(pid))
    }
  }
}

function renderersOf(browserPid: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const parent = / \S (\d+)/.exec(read(pid, 'stat').replace(/^.*\)/s, ')'))?.[1]
    if (parent !== undefined) parents.set(pid, Number(parent))
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid)
    return parent !== undefined && (parent === browserPid || isBelow(parent))
  }
  return [...parents.keys()].filter(
    (pid) => isBelow(pid) && read(pid, 'cmdline').includes('--type=renderer'),
  )
}

function proportionalBytes(pid: number): number {
  return 1024 * Number(/^Pss:\s+(\d+) kB/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0)
}

/** Empty where the process has ended meanwhile. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'latin1')
  } catch {
    return ''
  }
}
