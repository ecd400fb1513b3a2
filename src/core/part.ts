import type { Report } from './report'

export const PART_SCHEMA = 'bakeoff.part/1'

/** The `index`-th of `count` shares of a comparison, counted from 1. */
export interface Share {
  readonly index: number
  readonly count: number
}

/**
 * What one share of a comparison leaves behind: answers without figures. Parts of one comparison
 * become one report by `bakeoff merge`. Unlike a report, a part holds the true answers, and of a
 * market the prices, since figures cannot be computed without.
 */
export interface Part {
  readonly schema: typeof PART_SCHEMA
  readonly createdAt: string
  readonly generator: Report['generator']
  readonly runtime: { readonly name: string; readonly version: string }
  readonly share: Share
  /** What has to be the same in every part, in words that a person can compare. */
  readonly comparison: {
    readonly dataset: { readonly name: string; readonly sha256: string }
    readonly models: readonly { readonly name: string; readonly sha256: string }[]
    readonly task: string
    readonly settings: Report['task']['settings']
    /** SHA-256 over everything else that has to be the same. */
    readonly fingerprint: string
  }
  /** Answers in this part, of all models together. */
  readonly answers: number
  /** Of the bytes that `body` stands for. */
  readonly sha256: string
  /** Gzip of JSON in base64: the answers and how they came about. */
  readonly body: string
}
