import * as ort from 'onnxruntime-web/jspi'
import jspiScript from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url'
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url'
import { describe, expect, it } from 'vitest'
import { CPU_OPERATORS } from '../../src/models/cpu-operators'
import {
  attribute,
  DataType,
  floats,
  int64s,
  model,
  node,
  value,
  type Attribute,
  type Node,
  type Tensor,
  type Value,
} from '../fixtures/onnx-builder'

const { FLOAT, BOOL, UINT8, INT32, INT64 } = DataType
const float = (name: string, dims: readonly number[]) => value(name, FLOAT, dims)
const X = float('x', [2, 4])
const IMAGE = float('x', [1, 4, 4, 4])

interface Probe {
  readonly inputs?: readonly Value[]
  readonly tensors?: readonly Tensor[]
  /** Names of the node's inputs; by default those of the graph. */
  readonly reads?: readonly string[]
  readonly attributes?: readonly Attribute[]
  readonly outputs?: number
  readonly opset?: number
}

const each = (types: string, probe: Probe): [string, Probe][] =>
  types.split(' ').map((type) => [type, probe])
const constant = (name: string, ...data: number[]) => int64s(name, [data.length], data)
const bytes = (name: string, dims: readonly number[], size: number): Tensor => ({
  name,
  dataType: UINT8,
  dims: dims.map(BigInt),
  rawData: new Uint8Array(size),
})

/** One node of each operator, with the inputs that most models give it. */
const PROBES: readonly [string, Probe][] = [
  ...each(
    'Abs Neg Floor Ceil Reciprocal Sqrt Exp Erf Sigmoid HardSigmoid Log Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh Tanh Elu Relu LeakyRelu ThresholdedRelu Selu Softplus Softsign Celu HardSwish Sign Round Identity Softmax LogSoftmax Hardmax Flatten Transpose Shape Size IsNaN IsInf NonZero LpNormalization Trilu EyeLike ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceL1 ReduceL2 ReduceLogSum ReduceSumSquare ReduceLogSumExp ArgMax ArgMin',
    { inputs: [X] },
  ),
  ['Gelu', { inputs: [X], opset: 20 }],
  ['Det', { inputs: [float('x', [2, 2])] }],
  ...each(
    'Add Sub Mul Div Pow Max Min Mean Sum Equal Greater GreaterOrEqual Less LessOrEqual PRelu',
    {
      inputs: [X, float('z', [2, 4])],
    },
  ),
  ['Mod', { inputs: [X, float('z', [2, 4])], attributes: [attribute.int('fmod', 1)] }],
  ...each('And Or Xor', { inputs: [value('x', BOOL, [2, 4]), value('z', BOOL, [2, 4])] }),
  ['Not', { inputs: [value('x', BOOL, [2, 4])] }],
  ['MatMul', { inputs: [X, float('z', [4, 3])] }],
  ['Gemm', { inputs: [X, float('z', [4, 3])] }],
  ['CumSum', { inputs: [X], tensors: [constant('a', 1)], reads: ['x', 'a'] }],
  ['TopK', { inputs: [X], tensors: [constant('k', 2)], reads: ['x', 'k'], outputs: 2 }],
  ['Reshape', { inputs: [X], tensors: [constant('s', 4, 2)], reads: ['x', 's'] }],
  ['Squeeze', { inputs: [float('x', [1, 4])], tensors: [constant('a', 0)], reads: ['x', 'a'] }],
  ['Unsqueeze', { inputs: [X], tensors: [constant('a', 0)], reads: ['x', 'a'] }],
  ['Concat', { inputs: [X, float('z', [2, 4])], attributes: [attribute.int('axis', 1)] }],
  ['Split', { inputs: [X], attributes: [attribute.int('axis', 1)], outputs: 2 }],
  ['Expand', { inputs: [X], tensors: [constant('s', 3, 2, 4)], reads: ['x', 's'] }],
  ['Tile', { inputs: [X], tensors: [constant('s', 2, 1)], reads: ['x', 's'] }],
  ['Slice', { inputs: [X], tensors: [constant('b', 0), constant('e', 1)], reads: ['x', 'b', 'e'] }],
  ['Gather', { inputs: [X], tensors: [constant('i', 1)], reads: ['x', 'i'] }],
  ['GatherElements', { inputs: [X], tensors: [int64s('i', [1, 1], [1])], reads: ['x', 'i'] }],
  ['GatherND', { inputs: [X], tensors: [int64s('i', [1, 1], [1])], reads: ['x', 'i'] }],
  [
    'ScatterND',
    {
      inputs: [X, float('u', [1, 4])],
      tensors: [int64s('i', [1, 1], [1])],
      reads: ['x', 'i', 'u'],
    },
  ],
  [
    'ScatterElements',
    {
      inputs: [X, float('u', [1, 1])],
      tensors: [int64s('i', [1, 1], [1])],
      reads: ['x', 'i', 'u'],
    },
  ],
  ['Pad', { inputs: [X], tensors: [constant('p', 0, 1, 0, 1)], reads: ['x', 'p'] }],
  ['Where', { inputs: [value('c', BOOL, [2, 4]), X, float('z', [2, 4])] }],
  ['Range', { inputs: [float('a', []), float('b', []), float('c', [])] }],
  ['ConstantOfShape', { inputs: [value('s', INT64, [2])] }],
  ['DepthToSpace', { inputs: [IMAGE], attributes: [attribute.int('blocksize', 2)] }],
  ['SpaceToDepth', { inputs: [IMAGE], attributes: [attribute.int('blocksize', 2)] }],
  ['Cast', { inputs: [X], attributes: [attribute.int('to', INT32)] }],
  ['Clip', { inputs: [X], tensors: [floats('lo', [], [0])], reads: ['x', 'lo'] }],
  [
    'Einsum',
    { inputs: [X, float('z', [4, 3])], attributes: [attribute.text('equation', 'ij,jk->ik')] },
  ],
  ['Resize', { inputs: [IMAGE], tensors: [floats('s', [4], [1, 1, 2, 2])], reads: ['x', '', 's'] }],
  [
    'OneHot',
    {
      inputs: [value('i', INT64, [2])],
      tensors: [constant('d', 3), floats('v', [2], [0, 1])],
      reads: ['i', 'd', 'v'],
    },
  ],
  ['Conv', { inputs: [IMAGE, float('w', [2, 4, 3, 3])] }],
  ['ConvTranspose', { inputs: [IMAGE, float('w', [4, 2, 3, 3])] }],
  ...each('MaxPool AveragePool LpPool', {
    inputs: [IMAGE],
    attributes: [attribute.ints('kernel_shape', [2, 2])],
  }),
  ...each('GlobalAveragePool GlobalMaxPool GlobalLpPool', { inputs: [IMAGE] }),
  ['LRN', { inputs: [IMAGE], attributes: [attribute.int('size', 3)] }],
  [
    'BatchNormalization',
    { inputs: [IMAGE, ...['s', 'b', 'm', 'v'].map((name) => float(name, [4]))] },
  ],
  ['InstanceNormalization', { inputs: [IMAGE, float('s', [4]), float('b', [4])] }],
  ['LayerNormalization', { inputs: [X, float('s', [4])] }],
  ...(
    [
      ['LSTM', 4],
      ['GRU', 3],
      ['RNN', 1],
    ] as const
  ).map(([type, gates]): [string, Probe] => [
    type,
    {
      inputs: [float('x', [3, 1, 4]), float('w', [1, gates * 2, 4]), float('r', [1, gates * 2, 2])],
      attributes: [attribute.int('hidden_size', 2)],
    },
  ]),
  ['ConvInteger', { inputs: [value('x', UINT8, [1, 4, 4, 4]), value('w', UINT8, [2, 4, 3, 3])] }],
  [
    'QLinearConv',
    {
      inputs: [value('x', UINT8, [1, 4, 4, 4])],
      tensors: [bytes('w', [2, 4, 3, 3], 72), bytes('zero', [], 1), floats('one', [], [1])],
      reads: ['x', 'one', 'zero', 'w', 'one', 'zero', 'one', 'zero'],
    },
  ],
  ['QuantizeLinear', { inputs: [X, float('s', [])] }],
  ['DequantizeLinear', { inputs: [value('x', UINT8, [2, 4]), float('s', [])] }],
  ['DynamicQuantizeLinear', { inputs: [X], outputs: 3 }],
  ['MatMulInteger', { inputs: [value('x', UINT8, [2, 4]), value('z', UINT8, [4, 3])] }],
  [
    'QLinearMatMul',
    {
      inputs: [value('x', UINT8, [2, 4])],
      tensors: [bytes('w', [4, 3], 12), bytes('zero', [], 1), floats('one', [], [1])],
      reads: ['x', 'one', 'zero', 'w', 'one', 'zero', 'one', 'zero'],
    },
  ],
]

function graphOf(type: string, probe: Probe): Uint8Array {
  const { inputs = [], tensors = [], attributes = [], outputs = 1, opset = 17 } = probe
  const reads = probe.reads ?? inputs.map(({ name }) => name ?? '')
  const gives = Array.from({ length: outputs }, (_, i) => `y${String(i)}`)
  const only: Node = node(type, reads, gives, attributes)
  return model({ nodes: [only], inputs, outputs: gives.map((name) => ({ name })), tensors, opset })
}

/** `gpu`, `cpu`, or what the runtime says else. */
async function placeOf(type: string, probe: Probe): Promise<string> {
  try {
    const session = await ort.InferenceSession.create(graphOf(type, probe), {
      executionProviders: ['webgpu'],
      graphOptimizationLevel: 'disabled',
      logSeverityLevel: 4,
      extra: { session: { disable_cpu_ep_fallback: '1' } },
    })
    await session.release()
    return 'gpu'
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return text.includes('fallback to CPU EP') ? 'cpu' : text
  }
}

describe('operators in the WebGPU build', () => {
  it('run on the CPU where the list says so, and on the GPU elsewhere', async () => {
    ort.env.wasm.wasmPaths = {
      wasm: new URL(jspiWasm, import.meta.url).href,
      mjs: new URL(jspiScript, import.meta.url).href,
    }
    ort.env.wasm.numThreads = 1
    const [places, expected] = [new Map<string, string>(), new Map<string, string>()]
    for (const [type, probe] of PROBES) {
      places.set(type, await placeOf(type, probe))
      expected.set(type, CPU_OPERATORS.has(type) ? 'cpu' : 'gpu')
    }
    expect(Object.fromEntries(places)).toEqual(Object.fromEntries(expected))
    expect([...CPU_OPERATORS].filter((type) => !places.has(type))).toEqual([])
  })
})
