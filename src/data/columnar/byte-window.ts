import type { ByteSource } from '../../archive/byte-source'
import { corruptTable } from './corrupt-table'

/** Read ahead, so that small pieces do not cost a read each. */
const WINDOW_BYTES = 2 ** 23

/** Part of a file, read from front to back; no more of it in memory than is asked for at once. */
export class ByteWindow {
  #bytes = new Uint8Array(0)
  #start: number

  /** @param position byte of the file from which is read */
  constructor(
    private readonly source: ByteSource,
    public position: number,
    private readonly end: number,
  ) {
    this.#start = position
  }

  get remaining(): number {
    return this.end - this.position
  }

  /** The next `count` bytes, or all that remain, without going on. A view that the next call ends. */
  async peek(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const wanted = Math.min(count, this.remaining)
    const held = this.#start + this.#bytes.length - this.position
    if (held < wanted) {
      const end = Math.min(this.end, this.position + Math.max(wanted, WINDOW_BYTES))
      this.#bytes = await this.source.read(this.position, end)
      this.#start = this.position
      if (this.#bytes.length < wanted) throw corruptTable('changed while it was read')
    }
    const from = this.position - this.#start
    return this.#bytes.subarray(from, from + wanted)
  }

  /** The next `count` bytes; refuses a file that has fewer. */
  async take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    if (!(count >= 0) || count > this.remaining) {
      throw corruptTable('is cut or damaged: a part of it goes on past its end')
    }
    const bytes = await this.peek(count)
    this.position += count
    return bytes
  }
}
