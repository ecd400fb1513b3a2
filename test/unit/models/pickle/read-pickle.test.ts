import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../../src/core/refusal'
import { readPickle, type PickleRules } from '../../../../src/models/pickle/read-pickle'
import { op, pickle } from '../../../fixtures/pickle-builder'
import { concat, numbers, utf8 } from '../../../fixtures/zip-builder'
import { trapModules } from './trap-modules'
import { cpuTime } from '../../cpu-time'

const STRICT: PickleRules = {
  allows: (name) => name === 'collections.OrderedDict',
  persistent: false,
}
const read = (bytes: Uint8Array<ArrayBuffer>, rules = STRICT) => readPickle(bytes, rules)

function refusal(bytes: Uint8Array<ArrayBuffer>): Refusal {
  let refused: unknown = null
  const spent = cpuTime(() => {
    try {
      read(bytes)
    } catch (error) {
      refused = error
    }
  })
  expect(spent).toBeLessThan(2000)
  if (refused instanceof Refusal) return refused
  throw refused ?? new Error('was read')
}

const dict = (entries: [string | number, unknown][]) => ({
  kind: 'dict',
  entries: new Map(entries),
})
const tuple = (...items: unknown[]) => ({ kind: 'tuple', items })
const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))

describe('readPickle reads what Python wrote', () => {
  // pickle.dumps({'a': [1, 2.5, -3, None, True, 2**70, b'xy'], 'b': (1, 'é'), 7: ()}, protocol)
  it.each([
    [
      2,
      '8002 7d 7100 28 58 01000000 61 7101 5d 7102 28 4b01 47 4004000000000000 4a fdffffff 4e 88 8a 09 000000000000000040 63 5f636f646563730a656e636f64650a 7103 58 02000000 7879 7104 58 06000000 6c6174696e31 7105 86 7106 52 7107 65 58 01000000 62 7108 4b01 58 02000000 c3a9 7109 86 710a 4b07 29 75 2e',
    ],
    [
      3,
      '8003 7d 7100 28 58 01000000 61 7101 5d 7102 28 4b01 47 4004000000000000 4a fdffffff 4e 88 8a 09 000000000000000040 43 02 7879 7103 65 58 01000000 62 7104 4b01 58 02000000 c3a9 7105 86 7106 4b07 29 75 2e',
    ],
    [
      4,
      '8004 95 3f00000000000000 7d 94 28 8c 01 61 94 5d 94 28 4b01 47 4004000000000000 4a fdffffff 4e 88 8a 09 000000000000000040 43 02 7879 94 65 8c 01 62 94 4b01 8c 02 c3a9 94 86 94 4b07 29 75 2e',
    ],
    [
      5,
      '8005 95 3f00000000000000 7d 94 28 8c 01 61 94 5d 94 28 4b01 47 4004000000000000 4a fdffffff 4e 88 8a 09 000000000000000040 43 02 7879 94 65 8c 01 62 94 4b01 8c 02 c3a9 94 86 94 4b07 29 75 2e',
    ],
  ])('in protocol %i', (protocol, text) => {
    const value = read(hex(text), {
      allows: (name) => name === '_codecs.encode',
      persistent: false,
    })
    const bytes =
      protocol === 2
        ? {
            kind: 'object',
            name: '_codecs.encode',
            args: ['xy', 'latin1'],
            state: null,
            items: [],
            entries: new Map(),
          }
        : utf8('xy')
    expect(value).toEqual(
      dict([
        ['a', [1, 2.5, -3, null, true, 2n ** 70n, bytes]],
        ['b', tuple(1, 'é')],
        [7, tuple()],
      ]),
    )
  })

  it('keeps calls as records of name, arguments, state and items', () => {
    const ordered = [op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce]
    const value = read(
      pickle(...ordered, op.text('__proto__'), op.int(1), op.setItem, op.emptyDict, op.build),
    )
    expect(value).toEqual({
      kind: 'object',
      name: 'collections.OrderedDict',
      args: [],
      state: dict([]),
      items: [],
      entries: new Map([['__proto__', 1]]),
    })
    expect(({} as Record<string, unknown>)['1']).toBeUndefined()
  })

  it('keeps one value one value, also within itself', () => {
    const value = read(pickle(op.emptyList, op.memoize, op.get(0), op.append))
    expect(Array.isArray(value) && value[0]).toBe(value)
  })

  it('references to the outside only where they are allowed', () => {
    const bytes = pickle(op.text('0'), op.persistent)
    expect(read(bytes, { ...STRICT, persistent: true })).toEqual({ kind: 'persistent', id: '0' })
    expect(refusal(bytes).finding).toBe(
      'contains code (a reference to something outside the file), not opened',
    )
  })
})

/** Where the shell commands of the pickles below would write to. */
const trace = join(tmpdir(), `pickle-ran-${String(process.pid)}`)
const { looks } = trapModules()

describe('readPickle refuses code, and runs none', () => {
  const echo = [op.text(`touch ${trace}`), op.tuple1, op.reduce]

  it.each([
    ['os.system', pickle(op.global('posix', 'system'), ...echo), 'posix.system'],
    [
      'os.system by protocol 4',
      pickle(op.text('nt'), op.text('system'), op.stackGlobal, ...echo),
      'nt.system',
    ],
    ['eval', pickle(op.global('builtins', 'eval'), ...echo), 'builtins.eval'],
    ['exec of Python 2', pickle(op.global('__builtin__', 'exec'), ...echo), '__builtin__.exec'],
    [
      'pkgutil',
      pickle(op.text('pkgutil'), op.text('resolve_name'), op.stackGlobal, ...echo),
      'pkgutil.resolve_name',
    ],
    ['getattr', pickle(op.global('builtins', 'getattr'), ...echo), 'builtins.getattr'],
    ['a class that is never called', pickle(op.global('subprocess', 'Popen')), 'subprocess.Popen'],
    [
      'a dotted way from an allowed name',
      pickle(op.text('collections'), op.text('OrderedDict.__init__'), op.stackGlobal),
      'collections.OrderedDict.__init__',
    ],
    [
      'a name split elsewhere',
      pickle(op.text('collections.OrderedDict'), op.text(''), op.stackGlobal),
      'collections.OrderedDict.',
    ],
    [
      'a call whose result is thrown away',
      pickle(op.global('posix', 'system'), ...echo, op.pop, op.none),
      'posix.system',
    ],
    [
      'an allowed call that is thrown away',
      pickle(op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce, op.pop, op.none),
      'opcode POP',
    ],
    [
      'values thrown away to a mark',
      pickle(op.mark, op.none, op.popMark, op.none),
      'opcode POP_MARK',
    ],
    ['a value doubled', pickle(op.none, op.dup, op.tuple2), 'opcode DUP'],
    ['INST', pickle(op.mark, op.instance('posix', 'system')), 'opcode INST'],
    ['OBJ', pickle(op.mark, op.object), 'opcode OBJ'],
    ['an extension', pickle(op.extension(1)), 'opcode EXT1'],
    [
      'a module name that a call puts together',
      pickle(
        op.global('collections', 'OrderedDict'),
        op.emptyTuple,
        op.reduce,
        op.text('system'),
        op.stackGlobal,
      ),
      'a name that is put together while loading',
    ],
    [
      'a name from the memo',
      pickle(op.text('os'), op.memoize, op.text('system'), op.stackGlobal),
      'os.system',
    ],
    [
      'a call of a call',
      pickle(
        op.global('collections', 'OrderedDict'),
        op.emptyTuple,
        op.reduce,
        op.emptyTuple,
        op.reduce,
      ),
      'a call of something that is no named class',
    ],
    [
      'a call of text',
      pickle(op.text('eval'), op.emptyTuple, op.reduce),
      'a call of something that is no named class',
    ],
    [
      'a state for a class itself',
      pickle(op.global('collections', 'OrderedDict'), op.emptyDict, op.build),
      'a state for something that has none',
    ],
    [
      'code in a cut pickle that Python would run before it fails',
      concat([op.proto(4), op.global('posix', 'system'), ...echo]),
      'posix.system',
    ],
    ['code behind the end', concat([pickle(op.none), op.global('posix', 'system')]), null],
  ])('F52, F53 %s', (_, bytes, found) => {
    const { code, finding } = refusal(bytes)
    if (found === null) expect(finding).toContain('something stands behind its end')
    else
      expect({ code, finding }).toEqual({
        code: 'file-unsafe',
        finding: `contains code (${found}), not opened`,
      })
    expect(looks()).toBe(0)
    expect(existsSync(trace)).toBe(false)
  })

  it('names of markup and megabytes, shown short', () => {
    const { finding } = refusal(pickle(op.global('<img src=x onerror=alert(1)>', 'x'.repeat(900))))
    expect(finding.length).toBeLessThan(130)
  })
})

describe('readPickle refuses before it allocates', () => {
  const huge = 2 ** 45
  const nested = (depth: number) => pickle(...Array.from({ length: depth }, () => op.mark))

  it.each([
    ['BINBYTES8 of 32 TiB', pickle(Uint8Array.of(0x8e), numbers([8, huge])), 'ends too early'],
    [
      'BINBYTES8 of 2^64 − 1',
      pickle(Uint8Array.of(0x8e), new Uint8Array(8).fill(255)),
      'ends too early',
    ],
    ['BYTEARRAY8', pickle(Uint8Array.of(0x96), numbers([8, huge])), 'ends too early'],
    ['BINUNICODE8', pickle(Uint8Array.of(0x8d), numbers([8, huge])), 'ends too early'],
    ['BINBYTES of 4 GiB', pickle(Uint8Array.of(0x42), numbers([4, 0xffffffff])), 'ends too early'],
    [
      'a frame beyond the end',
      pickle(Uint8Array.of(0x95), numbers([8, huge]), op.none),
      'ends too early',
    ],
    ['LONG4 of 2 GiB', pickle(Uint8Array.of(0x8b), numbers([4, 0x7fffffff])), 'impossible length'],
    [
      'LONG4 of negative length',
      pickle(Uint8Array.of(0x8b), numbers([4, 0xffffffff])),
      'impossible length',
    ],
    [
      'LONG1 of 255 bytes',
      pickle(Uint8Array.of(0x8a, 255), new Uint8Array(255)),
      'impossible length',
    ],
    ['marks within marks', nested(100_000), 'nested too deeply'],
    [
      'half a million dictionaries',
      pickle(new Uint8Array(500_000).fill(0x7d)),
      'more than 200,000 values',
    ],
    [
      'half a million memos',
      pickle(op.none, new Uint8Array(500_000).fill(0x94)),
      'more than 200,000 values',
    ],
    ['no value', pickle(), 'more or less than one value'],
    ['two values', pickle(op.none, op.none), 'more or less than one value'],
    ['an open mark', pickle(op.none, op.mark), 'more or less than one value'],
    ['a memo that is not there', pickle(op.get(3)), 'refers to a value'],
    ['a tuple of too few', pickle(op.none, op.tuple2), 'a value is missing'],
    ['APPEND below a mark', pickle(op.emptyList, op.mark, op.append), 'a value is missing'],
    [
      'a key without a value',
      pickle(op.emptyDict, op.mark, op.none, op.setItems),
      'a key without a value',
    ],
    [
      'a key that is a list',
      pickle(op.emptyDict, op.emptyList, op.none, op.setItem),
      'neither text nor number',
    ],
    ['APPEND to text', pickle(op.text('a'), op.none, op.append), 'no list'],
    ['text that is not UTF-8', pickle(Uint8Array.of(0x8c, 1, 0xff)), 'not UTF-8'],
    ['protocol 0', utf8('I1\n.'), 'names no protocol'],
    ['protocol 6', concat([op.proto(6), op.none, op.stop]), 'protocol 6'],
    ['an unknown opcode', pickle(Uint8Array.of(0xff)), 'unknown opcode 0xff'],
    ['an opcode of protocol 0', pickle(utf8('I1\n')), 'unknown opcode 0x49'],
    ['nothing', new Uint8Array(), 'ends too early'],
  ])('F54 %s', (_, bytes, words) => {
    const { code, finding } = refusal(bytes)
    expect(finding).toContain(words)
    expect(code).toBe('model-corrupt')
  })

  it('F53 every cut of a real pickle', () => {
    const whole = pickle(op.emptyDict, op.memoize, op.mark, op.text('a'), op.int(1), op.setItems)
    read(whole)
    for (let length = 0; length < whole.length; length++) refusal(whole.slice(0, length))
  })

  it('F54 not a memo of any index, nor what grows by sharing', () => {
    // Each list holds the one before twice: 2^60 leaves in 60 lists.
    const levels = Array.from({ length: 60 }, (_, level) => [
      op.emptyList,
      op.put(level),
      op.mark,
      op.get(Math.max(0, level - 1)),
      op.get(Math.max(0, level - 1)),
      op.appends,
    ]).flat()
    const before = process.memoryUsage().heapUsed
    read(pickle(op.mark, ...levels, op.longPut(0xffffffff), op.tuple))
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(8 * 2 ** 20)
  })
})
