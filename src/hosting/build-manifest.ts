/**
 * When the service worker keeps a file for use without a network: with the page, once the page is
 * idle, or when it is first used.
 */
export type KeepTime = 'install' | 'idle' | 'use'

export interface BuildFile {
  /** Within the build; the page itself is the empty path. */
  readonly path: string
  /** Of the content, in hex. */
  readonly sha256: string
  readonly keep: KeepTime
}

/** What one build consists of. */
export interface BuildManifest {
  /** Follows from the content: another build of the same sources has the same id. */
  readonly id: string
  readonly files: readonly BuildFile[]
}
