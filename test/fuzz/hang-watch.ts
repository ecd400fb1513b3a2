import { Worker } from 'node:worker_threads'
import type { Bytes } from './fuzz-targets'

const ROOM = 65_536
const HANG_SECONDS = 30

/** In a thread of its own: it can still speak where a parser never gives the main thread back. */
const WATCH = `
const { workerData: { shared, path, seconds } } = require('node:worker_threads')
const { writeFileSync } = require('node:fs')
const [state, bytes] = [new Int32Array(shared, 0, 2), new Uint8Array(shared, 8)]
let [last, still] = [0, 0]
setInterval(() => {
  const now = Atomics.load(state, 0)
  still = now === last ? still + 1 : 0
  last = now
  if (still < seconds || now === 0) return
  writeFileSync(path, bytes.slice(0, Atomics.load(state, 1)))
  process.stderr.write('An input has run for ' + seconds + ' s without an end; it is kept in ' + path + '\\n')
  process.kill(process.pid, 'SIGKILL')
}, 1000)
`

/** Ends the process where one input takes for ever, and keeps that input. */
export class HangWatch {
  readonly #shared = new SharedArrayBuffer(8 + ROOM)
  readonly #state = new Int32Array(this.#shared, 0, 2)
  readonly #bytes = new Uint8Array(this.#shared, 8)
  readonly #worker: Worker

  constructor(path: string) {
    const workerData = { shared: this.#shared, path, seconds: HANG_SECONDS }
    this.#worker = new Worker(WATCH, { eval: true, workerData })
    this.#worker.unref()
  }

  begin(bytes: Bytes): void {
    this.#bytes.set(bytes.subarray(0, ROOM))
    Atomics.store(this.#state, 1, bytes.length)
    Atomics.add(this.#state, 0, 1)
  }

  close(): Promise<number> {
    return this.#worker.terminate()
  }
}
