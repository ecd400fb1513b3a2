import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { FunctionProtoSchema, ModelProtoSchema, type ModelProto } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import type { FailureCode } from '../../../src/core/failure'
import { readOnnx } from '../../../src/models/read-onnx'
import {
  attribute,
  DataType,
  floats,
  model,
  node,
  value,
  type GraphParts,
} from '../../fixtures/onnx-builder'
import { cpuTime } from '../cpu-time'

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/models/${name}.onnx`, import.meta.url)))
const forms = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/forms/${name}.onnx`, import.meta.url)))
const demo = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../public/demo/${name}.onnx`, import.meta.url)))

function header(bytes: Uint8Array, fileName = 'model.onnx') {
  const outcome = readOnnx(bytes, fileName)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

function failure(bytes: Uint8Array, fileName = 'model.onnx') {
  const outcome = readOnnx(bytes, fileName)
  if (outcome.ok) throw new Error('was read')
  return outcome.failure
}

const INPUTS = [value('x', DataType.FLOAT, ['N', 4])]
const OUTPUTS = [value('y', DataType.FLOAT, ['N', 4])]
const RELU: GraphParts = { nodes: [node('Relu', ['x'], ['y'])], inputs: INPUTS, outputs: OUTPUTS }

/** A small valid model with something changed. */
function changed(change: (proto: ModelProto) => void): Uint8Array {
  const proto = fromBinary(ModelProtoSchema, model(RELU))
  change(proto)
  return toBinary(ModelProtoSchema, proto)
}

describe('readOnnx', () => {
  it('describes a PyTorch export', () => {
    const bytes = demo('digits_cnn')
    expect(header(bytes, 'runs/digits_cnn.onnx')).toMatchObject({
      name: 'digits_cnn',
      fileName: 'runs/digits_cnn.onnx',
      format: 'onnx',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      irVersion: 7,
      opset: 14,
      domains: [{ domain: 'ai.onnx', version: 14 }],
      parameters: 16 * 9 + 16 + 32 * 16 * 9 + 32 + 5120 + 10,
      inputs: [{ name: 'features', type: 'float32', shape: ['batch', 64], isTensor: true }],
      outputs: [{ name: 'logits', type: 'float32', shape: ['batch', 10], isTensor: true }],
      classLabels: null,
      wasmOnly: null,
      warnings: [],
    })
    expect(header(bytes).producer).toMatch(/^pytorch/)
    expect(header(bytes).operators).toEqual([
      { type: 'Conv', count: 2 },
      { type: 'Relu', count: 2 },
      { type: 'Constant', count: 1 },
      { type: 'Reshape', count: 1 },
      { type: 'MaxPool', count: 1 },
      { type: 'Flatten', count: 1 },
      { type: 'Gemm', count: 1 },
    ])
  })

  it('reads class labels of either kind, and sees that ai.onnx.ml needs WASM', () => {
    expect(header(fixture('iris_sklearn'))).toMatchObject({
      classLabels: ['setosa', 'versicolor', 'virginica'],
      wasmOnly: expect.stringContaining('LinearClassifier') as string,
      opset: 17,
    })
    expect(header(fixture('cancer_sklearn')).classLabels).toEqual(['0', '1'])
    expect(header(fixture('iris_labels')).classLabels).toBeNull()
  })

  it('gives no labels where the members of an ensemble name different ones', () => {
    const classify = (output: string, labels: number[]) =>
      node(
        'LinearClassifier',
        ['x'],
        [output],
        [attribute.ints('classlabels_ints', labels)],
        'ai.onnx.ml',
      )
    const nodes = [classify('a', [0, 1]), classify('y', [1, 2])]
    expect(header(model({ ...RELU, mlOpset: 3, nodes })).classLabels).toBeNull()
  })

  it.each([
    ['float64', DataType.DOUBLE],
    ['string', DataType.STRING],
    ['int16', DataType.INT16],
    ['uint16', DataType.UINT16],
    ['bfloat16', DataType.BFLOAT16],
  ])('says that %s needs WASM, and where it is', (type, elemType) => {
    const cast = node('Cast', ['x'], ['y'], [attribute.int('to', elemType)])
    expect(header(model({ ...RELU, nodes: [cast] })).wasmOnly).toContain(`${type} tensors (Cast)`)
    const inputs = [value('x', elemType, ['N'])]
    expect(header(model({ ...RELU, inputs })).wasmOnly).toContain(`${type} tensors (input "x")`)
  })

  it('leaves float16 to WebGPU, with a word on the adapter', () => {
    const { wasmOnly, warnings } = header(
      model({ ...RELU, inputs: [value('x', DataType.FLOAT16, ['N'])] }),
    )
    expect(wasmOnly).toBeNull()
    expect(warnings.join()).toContain('shader-f16')
  })

  it('counts operators and parameters of subgraphs, and does not take initialisers for inputs', () => {
    const branch = {
      name: 'branch',
      node: [node('Relu', ['x'], ['y'])],
      initializer: [floats('inner', [5], [1, 2, 3, 4, 5])],
      output: OUTPUTS,
    }
    const choose = node('If', ['c'], ['y'], [{ name: 'then_branch', type: 5, g: branch }])
    const bytes = model({
      ...RELU,
      nodes: [choose, node('Relu', ['x'], ['z'])],
      inputs: [...INPUTS, value('w', DataType.FLOAT, [3])],
      tensors: [floats('w', [3], [1, 2, 3])],
    })
    expect(header(bytes)).toMatchObject({
      parameters: 8,
      operators: [
        { type: 'Relu', count: 2 },
        { type: 'If', count: 1 },
      ],
    })
    expect(header(bytes).inputs.map(({ name }) => name)).toEqual(['x'])
  })

  it('marks operators that run on the CPU under WebGPU, and reads metadata as text', () => {
    const nodes = [node('Sign', ['x'], ['s']), node('Relu', ['s'], ['y'])]
    expect(header(model({ ...RELU, nodes })).cpuOperators).toEqual(['Sign'])
    const wasm = [node('Cast', ['x'], ['y'], [attribute.int('to', DataType.DOUBLE)])]
    expect(header(model({ ...RELU, nodes: [...nodes, ...wasm] })).cpuOperators).toEqual([])
    const { metadata } = header(forms('plain'))
    expect(metadata).toContainEqual({ key: 'markup', value: '<img src=x onerror=alert(1)>' })
  })

  it('reads shapes: fixed, named, free and unknown', () => {
    expect(header(model(RELU)).inputs[0]?.shape).toEqual(['N', 4])
    const free = model({ ...RELU, inputs: [value('x', DataType.FLOAT, [null, -1, 8, ''])] })
    expect(header(free).inputs[0]?.shape).toEqual([null, null, 8, null])
    const unknown = changed(({ graph }) => {
      const type = graph?.input[0]?.type?.value
      if (type?.case === 'tensorType') delete type.value.shape
    })
    expect(header(unknown).inputs[0]?.shape).toBeNull()
  })
})

describe('readOnnx on files that are none', () => {
  const text = (content: string) => new TextEncoder().encode(content)

  it.each<[string, Uint8Array, FailureCode, string]>([
    ['D27 nothing', new Uint8Array(), 'file-empty', '0 bytes'],
    [
      'D29 an HTML page',
      text('<!doctype html><title>404</title>'),
      'model-foreign',
      'an HTML page',
    ],
    ['a zip', text('PK\x03\x04rest'), 'model-foreign', 'a zip archive'],
    ['a CSV', text('a,b\n1,2\n'), 'model-foreign', 'a text file'],
    ['JSON', text('{"model": 1}'), 'model-foreign', 'a text file'],
    [
      'D30 noise',
      Uint8Array.from({ length: 999 }, (_, i) => (i * 7919) % 256),
      'model-corrupt',
      '',
    ],
    [
      'no graph',
      toBinary(ModelProtoSchema, create(ModelProtoSchema, { irVersion: 8n })),
      'model-corrupt',
      'no graph',
    ],
  ])('%s', (_, bytes, code, part) => {
    expect(failure(bytes)).toMatchObject({ code })
    expect(failure(bytes).message).toContain(part)
    expect(failure(bytes).message).toContain('"model.onnx"')
  })

  it('D28 a model cut anywhere', () => {
    const bytes = demo('digits_linear')
    for (let length = 1; length < bytes.length; length += 37) {
      expect(failure(bytes.subarray(0, length)).code).toBe('model-corrupt')
    }
  })
})

describe('readOnnx on models that cannot run', () => {
  it.each<[string, Uint8Array, FailureCode, string]>([
    ['IR 14', model({ ...RELU, irVersion: 14 }), 'model-unsupported', 'IR version 14'],
    ['opset 27', model({ ...RELU, opset: 27 }), 'model-unsupported', 'ai.onnx 27'],
    ['ai.onnx.ml 6', model({ ...RELU, mlOpset: 6 }), 'model-unsupported', 'ai.onnx.ml 6'],
    ['no input', model({ ...RELU, inputs: [] }), 'model-unsupported', 'no input'],
    ['no output', model({ ...RELU, outputs: [] }), 'model-corrupt', 'no output'],
    ['no opset', changed((proto) => (proto.opsetImport = [])), 'model-corrupt', 'operator set'],
    [
      'E43 a foreign operator',
      fixture('unknown_domain'),
      'operator-unknown',
      '"FooBar" of domain "com.acme"',
    ],
  ])('%s', (_, bytes, code, part) => {
    expect(failure(bytes)).toMatchObject({ code })
    expect(failure(bytes).message).toContain(part)
  })

  it('takes a foreign operator that the model itself defines', () => {
    const proto = fromBinary(ModelProtoSchema, fixture('unknown_domain'))
    const body = [node('Relu', ['a'], ['b'])]
    proto.functions.push(
      create(FunctionProtoSchema, { name: 'FooBar', domain: 'com.acme', node: body }),
    )
    expect(header(toBinary(ModelProtoSchema, proto)).operators).toHaveLength(2)
  })

  it('E39 a tensor that declares more than the file holds, without allocating it', () => {
    const tensors = [
      { name: 'w', dataType: DataType.FLOAT, dims: [2n ** 20n, 2n ** 20n], floatData: [1] },
    ]
    expect(failure(model({ ...RELU, tensors }))).toMatchObject({ code: 'model-corrupt' })
    const negative = [{ name: 'w', dataType: DataType.FLOAT, dims: [-1n], floatData: [1] }]
    expect(failure(model({ ...RELU, tensors: negative }))).toMatchObject({ code: 'model-corrupt' })
  })

  it('E39 a tensor of a million axes, whose product would take hours', () => {
    const dims = Array.from({ length: 1_000_000 }, () => 0x7fn)
    const tensors = [{ name: 'w', dataType: DataType.FLOAT, dims, floatData: [1] }]
    const bytes = model({ ...RELU, tensors })
    const spent = process.cpuUsage()
    const { code, message } = failure(bytes)
    expect(process.cpuUsage(spent).user).toBeLessThan(3e6)
    expect(code).toBe('model-corrupt')
    expect(message.length).toBeLessThan(200)
  })

  it('takes typed data as well as raw bytes', () => {
    const typed = { name: 'w', dataType: DataType.FLOAT, dims: [3n], floatData: [1, 2, 3] }
    const small = { name: 'v', dataType: DataType.INT64, dims: [4n], int64Data: [1n, 2n, 3n, 4n] }
    expect(header(model({ ...RELU, tensors: [typed, small] })).parameters).toBe(7)
  })

  it('E38 graphs nested without end, and groups nested without end, within a second', () => {
    // graph (7), then node (1), attribute (5) and its graph (6), again and again
    const nested = nest([7, ...Array.from({ length: 10_000 }, () => [1, 5, 6]).flat()])
    const groups = Uint8Array.from({ length: 21_000 }, (_, index) => (index % 2 === 0 ? 0x83 : 1))
    const spent = cpuTime(() => {
      expect(failure(nested).code).toBe('model-corrupt')
      expect(failure(groups).code).toBe('model-corrupt')
    })
    expect(spent).toBeLessThan(1000)
  })

  it('E41 shows names as text, cleaned and cut', () => {
    const bytes = changed((proto) => {
      proto.producerName = `</script>\u202E${'p'.repeat(1_000_000)}`
      const [first] = proto.graph?.node ?? []
      if (first !== undefined) first.opType = 'Re\u0000lu'
    })
    const { producer, operators } = header(bytes)
    expect(producer.startsWith('</script>ppp')).toBe(true)
    expect(producer).toHaveLength(200)
    expect(operators).toEqual([{ type: 'Relu', count: 1 }])
  })
})

/** Messages within messages, by field number from the outside in; the innermost is empty. */
function nest(fields: readonly number[]): Uint8Array {
  const bytes: number[] = []
  for (const field of fields.toReversed()) {
    const length: number[] = []
    for (let rest = bytes.length; length.length === 0 || rest > 0; rest = Math.floor(rest / 128)) {
      length.push((rest % 128) + (rest > 127 ? 128 : 0))
    }
    // Built backwards, so that each level costs its own few bytes only.
    bytes.push(...length.toReversed(), (field << 3) | 2)
  }
  return Uint8Array.from(bytes.toReversed())
}
