import { TIME_TEXTS } from '../../core/caps'
import { quoted } from '../../core/display-text'
import type { DraftColumn } from '../draft-dataset'
import type { Chunking } from '../room/chunking'
import { numericChunk, textChunk } from '../room/kept-chunk'
import { ChunkCutter, type Cells, type ColumnSink } from './column-sink'

/** How a kind of time is written: as tables of text write it. */
export type TimeStyle = 'date' | 'date and time' | 'time of day'

/**
 * A column of times, given as milliseconds (since 1970 UTC, or since midnight). Kept as the texts
 * that a table of text would hold, so that they are no features by mistake; as numbers where there
 * are more than {@link TIME_TEXTS} different ones.
 */
export class TimeSink implements ColumnSink {
  readonly #times: ChunkCutter<Float64Array<ArrayBuffer>>
  readonly #codes = new Map<number, number>()

  constructor(
    private readonly name: string,
    private readonly style: TimeStyle,
    private readonly chunking: Chunking,
    private readonly warn: (sentence: string) => void,
  ) {
    this.#times = new ChunkCutter(chunking, (length) => new Float64Array(length))
  }

  get rows(): number {
    return this.#times.rows
  }

  append(cells: Cells, from: number, to: number): void {
    this.#times.append(cells, from, to)
    for (let index = from; index < to && this.#codes.size <= TIME_TEXTS; index += 1) {
      const time = cells[index] as number
      if (!Number.isNaN(time) && !this.#codes.has(time)) this.#codes.set(time, this.#codes.size)
    }
  }

  appendMissing(count: number): void {
    this.#times.fill(NaN, count)
  }

  finish(): DraftColumn {
    const { name } = this
    const times = this.#times.finish()
    if (this.#codes.size > TIME_TEXTS) {
      this.warn(
        `Column ${quoted(name)} holds more than a million different times and is read as milliseconds${this.style === 'time of day' ? '' : ' since 1970'}.`,
      )
      return { name, chunks: times.map(numericChunk), dictionary: null, rounded: 0 }
    }
    const codes = new ChunkCutter(this.chunking, (length) => new Int32Array(length))
    for (const kept of times) {
      const coded = Int32Array.from(kept.read(), (time) => this.#codes.get(time) ?? -1)
      kept.drop()
      codes.append(coded, 0, coded.length)
    }
    return {
      name,
      chunks: codes.finish().map(textChunk),
      dictionary: Array.from(this.#codes.keys(), (time) => timeText(time, this.style)),
      rounded: 0,
    }
  }
}

const LAST_MS = 8.64e15

function timeText(time: number, style: TimeStyle): string {
  const whole = Math.floor(time)
  if (Math.abs(whole) > LAST_MS) return String(time)
  const iso = new Date(whole).toISOString()
  if (style === 'date') return iso.slice(0, iso.indexOf('T'))
  const micros = Math.round((time - whole) * 1000)
  const digits =
    micros === 0 ? iso.slice(-4, -1) : `${iso.slice(-4, -1)}${String(micros).padStart(3, '0')}`
  const fraction = /^0+$/.test(digits) ? '' : `.${digits}`
  const date = iso.slice(0, iso.indexOf('T'))
  const clock = `${iso.slice(iso.indexOf('T') + 1, -5)}${fraction}`
  return style === 'time of day' ? clock : `${date}T${clock}Z`
}
