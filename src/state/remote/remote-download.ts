import { FETCH_BYTES } from '../../core/caps'
import { ContentHash } from '../../core/content-hash'
import { displayText, quoted } from '../../core/display-text'
import { errorText, failed, success, type Outcome } from '../../core/failure'
import { formatBytes, formatDuration } from '../../core/format'
import { checkAddress } from './check-address'

/** A server that has sent nothing for so long is given up. */
const STALL_MS = 30_000
/** Pieces are handed to the browser's own storage of blobs, which may lie on disk. */
const FOLD_BYTES = 32 * 2 ** 20

/** A file at an address, and what is known of its content beforehand. */
export interface RemoteFile {
  readonly address: string
  /** Lower-case hex; null where only the address is known. */
  readonly sha256: string | null
  readonly bytes: number | null
}

export interface FetchedFile {
  readonly file: File
  readonly address: string
  readonly sha256: string
}

export interface DownloadProgress {
  readonly received: number
  /** Null where neither link nor server says. */
  readonly total: number | null
}

const TO_DROP = 'Download it in a tab of its own and drop the file here.'

/**
 * Fetches one file without credentials and referrer. It counts only when it is whole and its hash is
 * what the link says; what came before a connection broke is kept and gone on from.
 *
 * Redirects are followed by the browser, which shows a page only where they ended: that address is
 * checked before a byte is read. On the way the page's Content-Security-Policy lets https alone.
 */
export class RemoteDownload {
  readonly url: URL
  readonly name: string
  #parts: Blob[] = []
  #loose: Uint8Array<ArrayBuffer>[] = []
  #looseBytes = 0
  #received = 0
  #hash = new ContentHash()

  private constructor(
    private readonly remote: RemoteFile,
    url: URL,
    private readonly stallMs: number,
  ) {
    this.url = url
    this.name = fileName(url)
  }

  static of(remote: RemoteFile, stallMs: number = STALL_MS): Outcome<RemoteDownload> {
    const url = checkAddress(remote.address)
    if (!url.ok) return url
    const download = new RemoteDownload(remote, url.value, stallMs)
    return download.#tooLarge(remote.bytes ?? 0) ?? success(download)
  }

  /** Settles within {@link STALL_MS} of the last byte, whatever the server does. */
  async run(
    signal: AbortSignal,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<Outcome<FetchedFile>> {
    const stall = new AbortController()
    let timer = setTimeout(() => stall.abort(), this.stallMs)
    const onBytes = (total: number | null): void => {
      clearTimeout(timer)
      timer = setTimeout(() => stall.abort(), this.stallMs)
      onProgress({ received: this.#received, total })
    }
    try {
      return await this.#fetch(AbortSignal.any([signal, stall.signal]), onBytes)
    } catch (error) {
      if (signal.aborted)
        return failed('cancelled', `${this.#quoted} was not fetched.`, 'Fetch it again.')
      return stall.signal.aborted ? this.#stalled() : this.#broken(error)
    } finally {
      clearTimeout(timer)
      // Of an answer that is not wanted, no more comes.
      stall.abort()
    }
  }

  async #fetch(
    signal: AbortSignal,
    onBytes: (total: number | null) => void,
  ): Promise<Outcome<FetchedFile>> {
    // Without a hash nothing tells whether the rest belongs to the same file.
    if (this.remote.sha256 === null) this.#startOver()
    const response = await fetch(this.url, {
      mode: 'cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal,
      ...(this.#received > 0 ? { headers: { Range: `bytes=${String(this.#received)}-` } } : {}),
    })
    const refusal = this.#refusal(response)
    if (refusal !== null) return refusal
    if (response.status !== 206) this.#startOver()
    const length = Number(response.headers.get('content-length') ?? '') || null
    const total = this.remote.bytes ?? (length === null ? null : this.#received + length)
    const tooLarge = this.#tooLarge(this.#received + (length ?? 0))
    if (tooLarge !== null) return tooLarge
    onBytes(total)
    const reader = response.body?.getReader()
    for (let step = await reader?.read(); step?.done === false; step = await reader?.read()) {
      this.#take(step.value)
      const excess = this.#excess()
      if (excess !== null) {
        this.#startOver()
        return excess
      }
      onBytes(total)
    }
    return this.#finish()
  }

  /** Why an answer is not read; null where it is. */
  #refusal(response: Response): Outcome<never> | null {
    const { status, redirected, url } = response
    if (redirected) {
      const target = checkAddress(url)
      if (!target.ok) {
        return failed(
          'address-refused',
          `${this.#quoted} was redirected by ${this.url.host}. ${target.failure.message}`,
          target.failure.advice,
        )
      }
    }
    if (status === 416) this.#startOver()
    if (!response.ok) return this.#statusFailure(status)
    const type = response.headers.get('content-type') ?? ''
    if (/^text\/html\b/i.test(type)) {
      return failed(
        'fetch-blocked',
        `${this.url.host} answers with a web page in place of ${this.#quoted}.`,
        'Use the address of the file itself, often called raw or download.',
      )
    }
    return null
  }

  #statusFailure(status: number): Outcome<never> {
    const what = status === 404 || status === 410 ? 'has no such file' : 'does not hand it out'
    const advice =
      status === 401 || status === 403
        ? `It may want a login, which is never sent. ${TO_DROP}`
        : status >= 500 || status === 429
          ? 'Try again later.'
          : 'Check the address, or ask who sent it.'
    return failed(
      'fetch-blocked',
      `${this.#quoted} was not fetched: ${this.url.host} ${what} (HTTP status ${String(status)}).`,
      advice,
    )
  }

  #take(bytes: Uint8Array<ArrayBuffer>): void {
    this.#hash.update(bytes)
    this.#loose.push(bytes)
    this.#looseBytes += bytes.length
    this.#received += bytes.length
    if (this.#looseBytes >= FOLD_BYTES) this.#fold()
  }

  #fold(): void {
    this.#parts.push(new Blob(this.#loose))
    this.#loose = []
    this.#looseBytes = 0
  }

  #startOver(): void {
    this.#parts = []
    this.#loose = []
    this.#looseBytes = 0
    this.#received = 0
    this.#hash = new ContentHash()
  }

  #excess(): Outcome<never> | null {
    const { bytes } = this.remote
    return bytes !== null && this.#received > bytes
      ? this.#otherContent(`it has more than the ${formatBytes(bytes)} that the link names`)
      : this.#tooLarge(this.#received)
  }

  #tooLarge(bytes: number): Outcome<never> | null {
    if (bytes <= FETCH_BYTES) return null
    return failed(
      'file-too-large',
      `${this.#quoted} has ${formatBytes(bytes)}; up to ${formatBytes(FETCH_BYTES)} are fetched.`,
      TO_DROP,
    )
  }

  #finish(): Outcome<FetchedFile> {
    this.#fold()
    const sha256 = this.#hash.digest()
    const file = new File(this.#parts, this.name)
    this.#startOver()
    const expected = this.remote.sha256
    if (expected !== null && expected !== sha256) {
      return this.#otherContent(
        `its SHA-256 begins with ${sha256.slice(0, 12)}, the link names ${expected.slice(0, 12)}`,
      )
    }
    return success({ file, address: this.url.href, sha256 })
  }

  #otherContent(why: string): Outcome<never> {
    return failed(
      'hash-mismatch',
      `${this.#quoted} is not the file that the link was made with: ${why}.`,
      'It has changed since, or another file answers at its address: ask who sent the link.',
    )
  }

  #stalled(): Outcome<never> {
    return failed(
      'fetch-stalled',
      `${this.url.host} has sent nothing of ${this.#quoted} for ${formatDuration(this.stallMs)}.`,
      this.#again(),
    )
  }

  #broken(error: unknown): Outcome<never> {
    const detail = errorText(error)
    const say = (message: string, advice: string) =>
      failed('fetch-blocked', message, advice, detail)
    if (this.#received > 0) {
      const sofar = formatBytes(this.#received)
      return say(
        `The connection to ${this.url.host} broke after ${sofar} of ${this.#quoted}.`,
        this.#again(),
      )
    }
    if (!navigator.onLine) {
      return say(
        `${this.#quoted} was not fetched: this machine is offline.`,
        'Connect it, and fetch again.',
      )
    }
    // Browsers do not tell pages which of the two it was.
    return say(
      `${this.#quoted} was not fetched: ${this.url.host} cannot be reached, or does not let other sites read its files (CORS).`,
      TO_DROP,
    )
  }

  #again(): string {
    return this.remote.sha256 === null || this.#received === 0
      ? 'Fetch it again.'
      : 'Fetch it again: it goes on from there.'
  }

  get #quoted(): string {
    return quoted(this.name)
  }
}

/** The last part of the path, as a file's name; the host where the path has none. */
function fileName(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? url.hostname
  return displayText(decode(last).replaceAll(/[/\\]/g, '_'))
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
