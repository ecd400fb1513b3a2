import { LostValues, type Scratch } from '../../../../src/data/room/scratch'

/** A scratch in memory, with room for some bytes. */
export class ListScratch implements Scratch {
  bytes = new Uint8Array(0)
  reads = 0
  isClosed = false

  constructor(private readonly most = Infinity) {}

  append(bytes: Uint8Array): number | null {
    const place = this.bytes.length
    if (place + bytes.length > this.most) return null
    const longer = new Uint8Array(place + bytes.length)
    longer.set(this.bytes)
    longer.set(bytes, place)
    this.bytes = longer
    return place
  }

  read(place: number, into: Uint8Array): void {
    this.reads += 1
    if (place + into.length > this.bytes.length) throw new LostValues('cut')
    into.set(this.bytes.subarray(place, place + into.length))
  }

  close(): void {
    this.isClosed = true
  }
}
