// An own reader: `pickleparser` calls what its name resolver returns, keeps POP and DUP, and takes
// lengths and depth on trust, none of which can be switched off from outside.
import { CAPS, PICKLE_INTEGER_BYTES } from '../../core/caps'
import { corruptPickle, pickleWithCode } from './pickle-refusal'
import { PickleInput } from './pickle-input'
import { PickleStack, pairs } from './pickle-stack'
import { isKind, itemsOf, type PickleObject, type PickleValue } from './pickle-value'

/** What a reader accepts besides plain values. */
export interface PickleRules {
  /** Classes and functions by exact name, `module.name`. Anything else is refused as code. */
  readonly allows: (name: string) => boolean
  /** Whether references to things outside the pickle may stand in it. */
  readonly persistent: boolean
  /** Limits, where a user has raised them. */
  readonly bytesCap?: number
  readonly valuesCap?: number
}

const OLDEST_PROTOCOL = 2
const NEWEST_PROTOCOL = 5
const PROTO = 0x80
const STOP = 0x2e

/**
 * Reads a pickle of protocol 2 to 5 as data (opcodes: Python's `pickletools`). Nothing is executed:
 * a call becomes a record of its name and arguments, and only for names that `rules` allow. Refused
 * are also the opcodes that data have no need of, among them those that throw a value away (POP,
 * DUP, and with them calls whose result is hidden), and whatever stands behind the end.
 * @throws {Refusal} naming the code that was found, or what is damaged
 */
export function readPickle(bytes: Uint8Array<ArrayBuffer>, rules: PickleRules): PickleValue {
  const bytesCap = rules.bytesCap ?? CAPS['pickle-bytes'].value
  if (bytes.length > bytesCap) {
    const finding = `more than ${String(bytesCap / 2 ** 20)} MiB`
    throw corruptPickle(finding, { name: 'pickle-bytes', wanted: bytes.length })
  }
  const input = new PickleInput(bytes)
  const stack = new PickleStack(rules.valuesCap)
  if (input.uint8() !== PROTO) throw corruptPickle('it names no protocol')
  const protocol = input.uint8()
  if (protocol < OLDEST_PROTOCOL || protocol > NEWEST_PROTOCOL) {
    throw corruptPickle(`protocol ${String(protocol)}`)
  }
  for (;;) {
    const opcode = input.uint8()
    if (opcode === STOP) break
    const act = OPCODES.get(opcode)
    if (act === undefined) throw unknownOpcode(opcode)
    act(stack, input, rules)
  }
  if (input.left > 0) throw corruptPickle('something stands behind its end')
  return stack.result()
}

type Act = (stack: PickleStack, input: PickleInput, rules: PickleRules) => void

/** Opcodes that only code needs, by name for the message. */
const CODE_OPCODES: ReadonlyMap<number, string> = new Map([
  [0x30, 'POP'],
  [0x31, 'POP_MARK'],
  [0x32, 'DUP'],
  [0x69, 'INST'],
  [0x6f, 'OBJ'],
  [0x82, 'EXT1'],
  [0x83, 'EXT2'],
  [0x84, 'EXT4'],
])

function unknownOpcode(opcode: number): Error {
  const name = CODE_OPCODES.get(opcode)
  if (name !== undefined) return pickleWithCode(`opcode ${name}`)
  return corruptPickle(`unknown opcode 0x${opcode.toString(16)}`)
}

const OPCODES: ReadonlyMap<number, Act> = new Map<number, Act>([
  [0x95, (_stack, input) => void checkFrame(input)],
  // Constants
  [0x4e, (stack) => stack.push(null)],
  [0x88, (stack) => stack.push(true)],
  [0x89, (stack) => stack.push(false)],
  [0x4a, (stack, input) => stack.push(input.int32())],
  [0x4b, (stack, input) => stack.push(input.uint8())],
  [0x4d, (stack, input) => stack.push(input.uint16())],
  [0x8a, (stack, input) => stack.push(readInteger(input, input.uint8()))],
  [0x8b, (stack, input) => stack.push(readInteger(input, input.int32()))],
  [0x47, (stack, input) => stack.push(input.float64BigEndian())],
  // Text and bytes
  [0x8c, (stack, input) => stack.push(input.text(input.uint8()))],
  [0x58, (stack, input) => stack.push(input.text(input.uint32()))],
  [0x8d, (stack, input) => stack.push(input.text(input.length64()))],
  [0x43, (stack, input) => stack.push(input.take(input.uint8()))],
  [0x42, (stack, input) => stack.push(input.take(input.uint32()))],
  [0x8e, (stack, input) => stack.push(input.take(input.length64()))],
  [0x96, (stack, input) => stack.push(input.take(input.length64()))],
  // Containers
  [0x28, (stack) => stack.mark()],
  [0x29, (stack) => stack.push({ kind: 'tuple', items: [] })],
  [0x85, (stack) => pushTuple(stack, 1)],
  [0x86, (stack) => pushTuple(stack, 2)],
  [0x87, (stack) => pushTuple(stack, 3)],
  [0x74, (stack) => stack.push({ kind: 'tuple', items: stack.popToMark() })],
  [0x5d, (stack) => stack.push([])],
  [0x6c, (stack) => stack.push(stack.popToMark())],
  [0x61, (stack) => append(stack, [stack.pop()])],
  [0x65, (stack) => append(stack, stack.popToMark())],
  [0x7d, (stack) => stack.push({ kind: 'dict', entries: new Map() })],
  [0x64, (stack) => stack.push({ kind: 'dict', entries: new Map(pairs(stack.popToMark())) })],
  [0x73, (stack) => setItems(stack, popPair(stack))],
  [0x75, (stack) => setItems(stack, stack.popToMark())],
  // Memo
  [0x71, (stack, input) => stack.remember(input.uint8())],
  [0x72, (stack, input) => stack.remember(input.uint32())],
  [0x94, (stack) => stack.remember()],
  [0x68, (stack, input) => stack.recall(input.uint8())],
  [0x6a, (stack, input) => stack.recall(input.uint32())],
  // Names and the calls that are not made
  [0x63, (stack, input, rules) => pushGlobal(stack, [input.line(), input.line()], rules)],
  [0x93, (stack, _input, rules) => pushGlobal(stack, popPair(stack), rules)],
  [0x52, (stack) => pushCall(stack, popPair(stack))],
  [0x81, (stack) => pushCall(stack, popPair(stack))],
  [0x62, (stack) => build(stack, stack.pop())],
  [0x51, pushPersistent],
])

function checkFrame(input: PickleInput): void {
  input.length64()
}

/** Lengths of LONG4 are signed; a negative one is damage. */
function readInteger(input: PickleInput, length: number): number | bigint {
  if (length < 0 || length > PICKLE_INTEGER_BYTES)
    throw corruptPickle('an integer of impossible length')
  return input.integer(length)
}

function popPair(stack: PickleStack): [PickleValue, PickleValue] {
  const second = stack.pop()
  return [stack.pop(), second]
}

function pushTuple(stack: PickleStack, length: number): void {
  const items: PickleValue[] = []
  for (let index = 0; index < length; index++) items.unshift(stack.pop())
  stack.push({ kind: 'tuple', items })
}

function append(stack: PickleStack, values: readonly PickleValue[]): void {
  const target = stack.peek()
  const items = isKind(target, 'object') ? target.items : target
  if (!Array.isArray(items)) throw corruptPickle('it appends to something that is no list')
  for (const value of values) items.push(value)
}

function setItems(stack: PickleStack, values: readonly PickleValue[]): void {
  const target = stack.peek()
  if (!isKind(target, 'dict') && !isKind(target, 'object')) {
    throw corruptPickle('it sets a key of something that is no dictionary')
  }
  for (const [key, value] of pairs(values)) target.entries.set(key, value)
}

function pushGlobal(
  stack: PickleStack,
  [module, name]: readonly [PickleValue, PickleValue],
  rules: PickleRules,
): void {
  if (typeof module !== 'string' || typeof name !== 'string') {
    throw pickleWithCode('a name that is put together while loading')
  }
  const full = `${module}.${name}`
  if (!rules.allows(full)) throw pickleWithCode(full)
  stack.push({ kind: 'global', name: full })
}

function pushCall(stack: PickleStack, [callee, args]: [PickleValue, PickleValue]): void {
  const items = itemsOf(args)
  if (!isKind(callee, 'global') || items === null) {
    throw pickleWithCode('a call of something that is no named class')
  }
  const call: PickleObject = {
    kind: 'object',
    name: callee.name,
    args: items,
    state: null,
    items: [],
    entries: new Map(),
  }
  stack.push(call)
}

function build(stack: PickleStack, state: PickleValue): void {
  const target = stack.peek()
  if (!isKind(target, 'object') || target.state !== null) {
    throw pickleWithCode('a state for something that has none')
  }
  target.state = state
}

function pushPersistent(stack: PickleStack, _input: PickleInput, rules: PickleRules): void {
  if (!rules.persistent) throw pickleWithCode('a reference to something outside the file')
  stack.push({ kind: 'persistent', id: stack.pop() })
}
