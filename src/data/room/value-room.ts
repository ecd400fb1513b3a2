import type { TensorValues } from '../../core/dataset'
import { packValues, type PackedValues } from './pack-values'
import type { Scratch } from './scratch'

/** The values of a finished chunk, which may have to be fetched: hold them for one pass, not longer. */
export interface KeptValues<T extends TensorValues = TensorValues> {
  read(): T
  /** Gives their memory up. No read may follow. */
  drop(): void
}

export interface RoomLimits {
  /** Bytes of values that stay in memory as they are. */
  readonly inMemory: number
  /** Bytes of values beyond, that were read back and may be asked for again. */
  readonly readBack: number
}

/** Opens room outside of memory; null where there is none. */
export type OpenScratch = () => Promise<Scratch | null>

/** Of the memory, from which on a scratch is opened: before it is needed, as that takes a moment. */
const OPENING_SHARE = 0.5

/**
 * Where a dataset's values are: in memory up to a limit, then in a scratch, from which the latest ones
 * stay in memory. Without a scratch, or with a full one, they stay in memory in as few bytes as hold
 * them exactly. Whatever happens, a value comes back as it was given, bit for bit.
 */
export class ValueRoom {
  #inMemory = 0
  #isOpening = false
  #isClosed = false
  #scratch: Scratch | null = null
  /** In memory until the scratch is open. */
  readonly #waiting = new Set<StoredValues>()
  readonly #latest = new Map<KeptValues, TensorValues>()
  #latestBytes = 0

  constructor(
    private readonly limits: RoomLimits,
    private readonly openScratch: OpenScratch,
  ) {}

  /** All in memory. */
  static unlimited(): ValueRoom {
    return new ValueRoom({ inMemory: Infinity, readBack: 0 }, () => Promise.resolve(null))
  }

  /** Takes the array over: nobody may write to it any more. */
  keep<T extends TensorValues>(values: T): KeptValues<T> {
    const { byteLength } = values
    if (this.#inMemory + byteLength > this.limits.inMemory * OPENING_SHARE) this.#open()
    if (this.#inMemory + byteLength > this.limits.inMemory) return this.#putAside(values)
    this.#inMemory += byteLength
    return {
      read: () => values,
      drop: () => {
        this.#inMemory -= byteLength
      },
    }
  }

  /** Gives all room up; what was put aside cannot be read any more. */
  close(): void {
    this.#isClosed = true
    this.#latest.clear()
    this.#waiting.clear()
    this.#scratch?.close()
    this.#scratch = null
  }

  #open(): void {
    if (this.#isOpening) return
    this.#isOpening = true
    void this.openScratch().then((scratch) => {
      if (this.#isClosed) scratch?.close()
      else this.#scratch = scratch
      for (const stored of this.#waiting) stored.moveTo(this.#scratch)
      this.#waiting.clear()
    })
  }

  #putAside<T extends TensorValues>(values: T): KeptValues<T> {
    const stored = new StoredValues(packValues(values))
    stored.moveTo(this.#scratch)
    if (this.#scratch === null) this.#waiting.add(stored)
    const kept: KeptValues<T> = {
      read: () => (this.#again(kept) ?? this.#note(kept, stored.fetch())) as T,
      drop: () => {
        this.#forget(kept)
        this.#waiting.delete(stored)
      },
    }
    return kept
  }

  #again(kept: KeptValues): TensorValues | undefined {
    const values = this.#latest.get(kept)
    if (values === undefined) return undefined
    // Set anew, it comes last: a Map's order is the order of use.
    this.#latest.delete(kept)
    this.#latest.set(kept, values)
    return values
  }

  #note(kept: KeptValues, values: TensorValues): TensorValues {
    for (const oldest of this.#latest.keys()) {
      if (this.#latestBytes + values.byteLength <= this.limits.readBack) break
      this.#forget(oldest)
    }
    this.#latest.set(kept, values)
    this.#latestBytes += values.byteLength
    return values
  }

  #forget(kept: KeptValues): void {
    this.#latestBytes -= this.#latest.get(kept)?.byteLength ?? 0
    this.#latest.delete(kept)
  }
}

/** Packed values in memory, and in a scratch once there is one with room. */
class StoredValues {
  readonly #unpack: PackedValues['unpack']
  #fetch: () => TensorValues

  constructor({ stored, unpack }: PackedValues) {
    this.#unpack = unpack
    this.#fetch = () => stored
  }

  moveTo(scratch: Scratch | null): void {
    const stored = this.#fetch()
    const place = scratch?.append(bytesOf(stored)) ?? null
    if (scratch === null || place === null) return
    const { length } = stored
    const ArrayType = stored.constructor as new (length: number) => TensorValues
    this.#fetch = () => {
      const fetched = new ArrayType(length)
      scratch.read(place, bytesOf(fetched))
      return fetched
    }
  }

  fetch(): TensorValues {
    return this.#unpack(this.#fetch())
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: TensorValues): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
