import { evidenceBytes } from '../../src/comparison/evidence-bytes'
import type { Evidence } from '../../src/comparison/evidence'

/** Bytes kept of all models' answers together: beside the answers themselves, in one tab. */
const EVIDENCE_CAP = 2 ** 29

/** What is kept of scored models until they are compared. */
export class EvidenceStore {
  readonly #evidence = new Map<string, Evidence>()
  readonly #refused = new Set<string>()
  #bytes = 0

  clear(): void {
    this.#evidence.clear()
    this.#refused.clear()
    this.#bytes = 0
  }

  /** Labels alone are kept where there is no room for more, and nothing where there is none. */
  add(modelId: string, evidence: Evidence): void {
    const lighter =
      evidence.kind === 'classification' ? [evidence, { ...evidence, scores: null }] : [evidence]
    const fitting = lighter.find((some) => this.#bytes + evidenceBytes(some) <= EVIDENCE_CAP)
    if (fitting !== evidence) this.#refused.add(modelId)
    if (fitting === undefined) return
    this.#evidence.set(modelId, fitting)
    this.#bytes += evidenceBytes(fitting)
  }

  get(modelId: string): Evidence | null {
    return this.#evidence.get(modelId) ?? null
  }

  /** Models of whose answers not all could be kept. */
  get refused(): number {
    return this.#refused.size
  }
}
