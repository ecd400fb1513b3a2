import { CAPS, PICKLE_MARKS } from '../../core/caps'
import { corruptPickle } from './pickle-refusal'
import type { PickleKey, PickleValue } from './pickle-value'

/** The stack of the pickle machine, cut into one part per open mark, and its memo. */
export class PickleStack {
  private parts: PickleValue[][] = [[]]
  private readonly memo = new Map<number, PickleValue>()
  private made = 0

  /** @param valuesCap to be made or memoized; one byte can make a dictionary of 300 bytes */
  constructor(private readonly valuesCap: number = CAPS['pickle-values'].value) {}

  push(value: PickleValue): void {
    if (++this.made > this.valuesCap) throw this.tooMany()
    this.top().push(value)
  }

  /** Takes the topmost value; a mark below it is a floor. */
  pop(): PickleValue {
    const value = this.top().pop()
    if (value === undefined) throw corruptPickle('a value is missing')
    return value
  }

  /** The topmost value, left in place. */
  peek(): PickleValue {
    const value = this.top().at(-1)
    if (value === undefined) throw corruptPickle('a value is missing')
    return value
  }

  mark(): void {
    if (this.parts.length >= PICKLE_MARKS) throw corruptPickle('it is nested too deeply')
    this.parts.push([])
  }

  /** Takes all values above the last mark, and the mark. */
  popToMark(): PickleValue[] {
    const part = this.parts.length > 1 ? this.parts.pop() : undefined
    if (part === undefined) throw corruptPickle('a mark is missing')
    return part
  }

  remember(index: number = this.memo.size): void {
    if (this.memo.size >= this.valuesCap) throw this.tooMany()
    this.memo.set(index, this.peek())
  }

  recall(index: number): void {
    const value = this.memo.get(index)
    if (value === undefined) throw corruptPickle('it refers to a value that it does not hold')
    this.push(value)
  }

  /** The one value that is left at the end. */
  result(): PickleValue {
    const [value, ...others] = this.top()
    if (this.parts.length !== 1 || value === undefined || others.length > 0) {
      throw corruptPickle('it leaves more or less than one value')
    }
    return value
  }

  private top(): PickleValue[] {
    return this.parts.at(-1) ?? []
  }

  private tooMany(): Error {
    return corruptPickle(`more than ${this.valuesCap.toLocaleString('en-GB')} values`, {
      name: 'pickle-values',
      wanted: 10 * this.valuesCap,
    })
  }
}

/** Pairs from a flat list of keys and values. */
export function pairs(values: readonly PickleValue[]): [PickleKey, PickleValue][] {
  if (values.length % 2 !== 0) throw corruptPickle('a key without a value')
  const found: [PickleKey, PickleValue][] = []
  for (let index = 0; index < values.length; index += 2) {
    found.push([keyOf(values[index] ?? null), values[index + 1] ?? null])
  }
  return found
}

function keyOf(value: PickleValue): PickleKey {
  if (typeof value === 'object' && value !== null) {
    throw corruptPickle('a dictionary key that is neither text nor number')
  }
  return value
}
