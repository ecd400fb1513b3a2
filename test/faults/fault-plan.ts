import type { Backend } from '../../src/core/evaluation'
import { FAULT_CHANNEL, type Fault, type FaultMessage, type RuntimeCall } from './runtime/fault'

/** The calls that a fault meets. */
export interface FaultTarget {
  readonly verb: 'create' | 'run'
  /** File name; any model where it is left out. */
  readonly model?: string
  readonly backend?: Backend
  readonly threads?: number
  /** From 1, among the calls that the rest matches; every one of them where it is left out. */
  readonly nth?: number
}

type Settled = Extract<FaultMessage, { type: 'settled' }>

/** The page's side of the faulty runtime: decides what goes wrong and keeps what was called. */
export class FaultPlan {
  readonly #channel = new BroadcastChannel(FAULT_CHANNEL)
  readonly #names = new Map<string, string>()
  #rules: { target: FaultTarget; fault: Fault; seen: number }[] = []
  #asked: RuntimeCall[] = []
  #settled: Settled[] = []
  /** Called for each call before it is answered. */
  onCall: (call: RuntimeCall, fileName: string) => void = () => undefined

  constructor() {
    this.#channel.addEventListener('message', ({ data }: MessageEvent<FaultMessage>) => {
      if (data.type === 'settled') this.#settled.push(data)
      if (data.type !== 'ask') return
      this.#asked.push(data.call)
      this.onCall(data.call, this.#name(data.call))
      const answer: FaultMessage = { type: 'answer', id: data.id, fault: this.#decide(data.call) }
      this.#channel.postMessage(answer)
    })
  }

  know(sha256: string, fileName: string): void {
    this.#names.set(sha256, fileName)
  }

  inject(target: FaultTarget, fault: Fault): void {
    this.#rules.push({ target, fault, seen: 0 })
  }

  /** Forgets faults and calls. */
  clear(): void {
    this.#rules = []
    this.#asked = []
    this.#settled = []
    this.onCall = () => undefined
  }

  /** Calls that reached the runtime, answered or not. */
  calls(target: Omit<FaultTarget, 'nth'>): readonly RuntimeCall[] {
    return this.#asked.filter((call) => this.#matches(call, target))
  }

  /** Rows that the runtime answered. */
  rows(target: { readonly model?: string; readonly backend?: Backend } = {}): number {
    return this.#settled
      .filter(
        ({ call, isAnswered }) => isAnswered && this.#matches(call, { ...target, verb: 'run' }),
      )
      .reduce((sum, { call }) => sum + call.rows, 0)
  }

  /**
   * Calls that were under way at once, as pairs: in one worker, or on one backend in any worker.
   */
  overlaps(anywhereOn?: Backend): readonly (readonly [Settled, Settled])[] {
    const mayNotMeet = (one: RuntimeCall, other: RuntimeCall) =>
      anywhereOn === undefined
        ? one.worker === other.worker
        : one.backend === anywhereOn && other.backend === anywhereOn
    const byStart = [...this.#settled].sort((a, b) => a.startedAt - b.startedAt)
    return byStart.flatMap((first, index) =>
      byStart
        .slice(index + 1)
        .filter((second) => mayNotMeet(first.call, second.call))
        .filter((second) => second.startedAt < first.endedAt)
        .map((second) => [first, second] as const),
    )
  }

  #decide(call: RuntimeCall): Fault | null {
    for (const rule of this.#rules) {
      if (!this.#matches(call, rule.target)) continue
      rule.seen += 1
      if (rule.target.nth === undefined || rule.target.nth === rule.seen) return rule.fault
    }
    return null
  }

  #matches(call: RuntimeCall, { verb, model, backend, threads }: FaultTarget): boolean {
    return (
      call.verb === verb &&
      (model === undefined || this.#name(call) === model) &&
      (backend === undefined || call.backend === backend) &&
      (threads === undefined || call.threads === threads)
    )
  }

  #name({ sha256 }: RuntimeCall): string {
    return this.#names.get(sha256) ?? sha256
  }
}
