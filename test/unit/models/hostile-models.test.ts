import { readFileSync } from 'node:fs'
import * as ort from 'onnxruntime-web/wasm'
import { describe, expect, it } from 'vitest'
import { readModel } from '../../../src/models/read-model'
import { readOnnx } from '../../../src/models/read-onnx'
import { taskOf } from '../../../src/tasks/task-registry'
import {
  attribute,
  DataType,
  model,
  node,
  value,
  type GraphParts,
} from '../../fixtures/onnx-builder'
import { concat, numbers, utf8 } from '../../fixtures/zip-builder'

ort.env.wasm.numThreads = 1

const MILLION_NODES_SECONDS = 3

const RELU: GraphParts = {
  nodes: [node('Relu', ['x'], ['y'])],
  inputs: [value('x', DataType.FLOAT, ['N', 4])],
  outputs: [value('y', DataType.FLOAT, ['N', 4])],
}
const iris = () =>
  new Uint8Array(readFileSync(new URL('../../fixtures/models/iris_softmax.onnx', import.meta.url)))

function failure(bytes: Uint8Array) {
  const outcome = readOnnx(bytes, 'model.onnx')
  if (outcome.ok) throw new Error('was read')
  return outcome.failure
}

/** What it does, and the seconds of processor time that it takes. */
function timed<T>(act: () => T): { readonly result: T; readonly seconds: number } {
  const before = process.cpuUsage()
  const result = act()
  return { result, seconds: process.cpuUsage(before).user / 1e6 }
}

describe('damaged models', () => {
  it('D31 any bit flipped in the header: described, or refused by name, never thrown', () => {
    const bytes = iris()
    let refused = 0
    for (let bit = 0; bit < 8 * bytes.length; bit += 1) {
      const flipped = bytes.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const outcome = readOnnx(flipped, 'model.onnx')
      if (outcome.ok) continue
      refused += 1
      expect(outcome.failure.message).toContain('"model.onnx"')
    }
    expect(refused).toBeGreaterThan(bytes.length)
  })

  it('D32 bits flipped in the weights alone: it runs, and no figure is made of its NaN', async () => {
    const bytes = iris()
    const weights = findFloats(bytes)
    // All exponent bits of one weight: NaN.
    new DataView(bytes.buffer).setUint32(weights, 0x7fc00000, true)
    const header = readOnnx(bytes, 'model.onnx')
    if (!header.ok) throw new Error(header.failure.message)
    const [input] = header.value.inputs
    const [output] = header.value.outputs
    const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 })
    const rows = Float32Array.from({ length: 8 }, (_, i) => i + 1)
    const answers = await session.run({
      [input?.name ?? '']: new ort.Tensor('float32', rows, [2, 4]),
    })
    const data = answers[output?.name ?? '']?.data as Float32Array
    const score = taskOf('classification').score({
      modelId: 'm',
      rows: 2,
      output: { kind: 'scores', output: 'y', width: 3 },
      data,
      targets: { kind: 'classification', classes: Int32Array.of(0, 1) },
      labels: { classes: ['a', 'b', 'c'], source: 'As sorted.' },
    })
    await session.release()
    if (!score.ok) throw new Error(score.failure.message)
    expect(new Set(Object.values(score.value.metrics))).toEqual(new Set([null]))
    expect(score.value.warnings[0]).toContain('2 rows of 2')
  })
})

/** Where the raw floats of the first initialiser begin: field 9 of a tensor, 3 × 4 or 4 × 3 of them. */
function findFloats(bytes: Uint8Array): number {
  for (let at = 0; at + 1 < bytes.length; at += 1) {
    if (bytes[at] === 0x4a && bytes[at + 1] === 48) return at + 2
  }
  throw new Error('no weights found')
}

describe('hostile models', () => {
  it('E42 a million nodes are counted within 3 s, and more types of operators than there are', () => {
    const one = nodeMessage('Relu')
    const bytes = withNodes(Array.from({ length: 1_000_000 }, () => one))
    // Processor time, of which neighbours on the same core take some: the least of a few attempts.
    let least = Infinity
    for (let attempt = 0; attempt < 4 && least > MILLION_NODES_SECONDS; attempt += 1) {
      const { result, seconds } = timed(() => readOnnx(bytes, 'model.onnx'))
      expect(result.ok && result.value.operators).toEqual([{ type: 'Relu', count: 1_000_001 }])
      least = Math.min(least, seconds)
    }
    expect(least).toBeLessThanOrEqual(MILLION_NODES_SECONDS)
    const types = withNodes(Array.from({ length: 3000 }, (_, i) => nodeMessage(`T${String(i)}`)))
    const many = readOnnx(types, 'model.onnx')
    expect(many.ok && many.value.operators).toHaveLength(1001)
    expect(many.ok && many.value.operators[0]).toEqual({ type: 'other operators', count: 2001 })
  }, 120_000)

  it('E42 more inputs than a table has columns, and an input of a thousand axes', () => {
    const inputs = Array.from({ length: 20_000 }, (_, i) => {
      return value(`x${String(i)}`, DataType.FLOAT, [1])
    })
    expect(failure(model({ ...RELU, inputs }))).toMatchObject({
      code: 'model-unsupported',
      message: '"model.onnx" has 20\u202f000 inputs or outputs; 16\u202f384 is the most.',
    })
    const deep = [
      value(
        'x',
        DataType.FLOAT,
        Array.from({ length: 1000 }, () => 1),
      ),
    ]
    expect(failure(model({ ...RELU, inputs: deep })).message).toContain('1\u202f000 axes')
  })

  it('E44 texts of markup in tensors and labels stay texts', () => {
    const hostile = ['<img src=x onerror=alert(1)>', '\u202egnp', '__proto__', 'a\0b']
    const constant = node(
      'Constant',
      [],
      ['c'],
      [
        attribute.tensor('value', {
          dataType: DataType.STRING,
          dims: [BigInt(hostile.length)],
          stringData: hostile.map(utf8),
        }),
      ],
    )
    const classify = node(
      'LinearClassifier',
      ['x'],
      ['y'],
      [attribute.texts('classlabels_strings', hostile)],
      'ai.onnx.ml',
    )
    const outcome = readOnnx(
      model({ ...RELU, mlOpset: 3, nodes: [constant, classify] }),
      'model.onnx',
    )
    expect(outcome.ok && outcome.value.classLabels).toEqual(hostile)
    expect(outcome.ok && outcome.value.wasmOnly).toContain('LinearClassifier')
  })

  it.each([
    ['a header that is honest', numbers([8, 2]), '{}'],
    [
      'a header of 2^47 bytes',
      numbers([8, 2 ** 47]),
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
    ],
    [
      'offsets that overlap',
      numbers([8, 99]),
      '{"a":{"data_offsets":[0,8]},"b":{"data_offsets":[4,12]}}',
    ],
    [
      'offsets with gaps and keys twice',
      numbers([8, 60]),
      '{"a":{"data_offsets":[0,8]},"a":{"data_offsets":[99,1]}}',
    ],
    ['a header nested without end', numbers([8, 2 ** 20]), `{"a":${'['.repeat(2 ** 20)}`],
  ])(
    'F57 safetensors with %s: refused by name, its header is never read',
    async (_, length, text) => {
      const file = new File([concat([length, utf8(text)])], 'model.onnx')
      const outcome = await readModel(file)
      expect(outcome).toMatchObject({
        ok: false,
        failure: {
          code: 'model-foreign',
          message: '"model.onnx" is not an ONNX model: this is a safetensors file.',
          advice: expect.stringContaining('export the model to ONNX') as string,
        },
      })
    },
  )
})

/** One node as it stands in a graph (field 1 of GraphProto): input x, output x, operator type. */
function nodeMessage(type: string): Uint8Array {
  const name = utf8(type)
  const body = concat([Uint8Array.of(0x0a, 1, 0x78, 0x12, 1, 0x78, 0x22, name.length), name])
  return concat([Uint8Array.of(0x0a, body.length), body])
}

/** A small model with nodes behind its own: what stands twice in protobuf is put together. */
function withNodes(nodes: readonly Uint8Array[]): Uint8Array {
  const graph = concat(nodes)
  const length: number[] = []
  for (let rest = graph.length; length.length === 0 || rest > 0; rest = Math.floor(rest / 128)) {
    length.push((rest % 128) + (rest > 127 ? 128 : 0))
  }
  return concat([model({ ...RELU }), Uint8Array.of(0x3a, ...length), graph])
}
