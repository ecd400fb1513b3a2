import type { ModelInfo } from './model'

/** Operators that round numbers to few steps, or compute with numbers that were. */
const QUANTISED: ReadonlySet<string> = new Set([
  ...['QuantizeLinear', 'DynamicQuantizeLinear', 'QLinearMatMul', 'QLinearConv', 'QLinearAdd'],
  ...['QGemm', 'MatMulInteger', 'ConvInteger', 'DynamicQuantizeMatMul', 'QAttention'],
])

/** Whether the model rounds its numbers while it computes, to 256 steps as a rule. */
export function isQuantised({ operators }: Pick<ModelInfo, 'operators'>): boolean {
  return operators.some(({ type }) => QUANTISED.has(type))
}
