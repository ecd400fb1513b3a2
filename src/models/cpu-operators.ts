/**
 * Standard operators that the WebGPU build of ONNX Runtime Web 1.30 has no GPU kernel for, so that they
 * run on the CPU there, with a copy before and after. Measured, one node on float32 tensors at a time:
 * `test/browser/gpu-operators.test.ts` keeps the list true.
 */
export const CPU_OPERATORS: ReadonlySet<string> = new Set([
  ...[
    'Celu',
    'Det',
    'EyeLike',
    'GlobalLpPool',
    'Hardmax',
    'IsInf',
    'IsNaN',
    'LogSoftmax',
    'LpPool',
  ],
  ...[
    'LRN',
    'Mean',
    'Mod',
    'NonZero',
    'OneHot',
    'Or',
    'Xor',
    'RNN',
    'Round',
    'Selu',
    'Sign',
    'Size',
  ],
  ...['Softsign', 'SpaceToDepth', 'Sum', 'ConstantOfShape'],
  ...['ConvInteger', 'DynamicQuantizeLinear', 'MatMulInteger', 'QLinearConv', 'QLinearMatMul'],
  'QuantizeLinear',
])
