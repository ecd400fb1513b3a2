import { attribute, floats, node } from '../onnx-builder'
import type { Sb3Graph } from './sb3-graph'
import type { Activation } from './sb3-policy'

/** Applies an activation as PyTorch does by default: ELU with α = 1, LeakyReLU with 0.01, GELU by erf. */
export function addActivation(graph: Sb3Graph, activation: Activation, x: string): string {
  const unary = (type: string, input: string) => graph.add((y) => node(type, [input], [y]))
  const binary = (type: string, a: string, b: string) => graph.add((y) => node(type, [a, b], [y]))
  const constant = (value: number) => graph.constant((name) => floats(name, [], [value]))
  switch (activation) {
    case 'Tanh':
      return unary('Tanh', x)
    case 'ReLU':
      return unary('Relu', x)
    case 'ELU':
      return graph.add((y) => node('Elu', [x], [y], [attribute.float('alpha', 1)]))
    case 'LeakyReLU':
      return graph.add((y) => node('LeakyRelu', [x], [y], [attribute.float('alpha', 0.01)]))
    case 'SiLU':
      return binary('Mul', x, unary('Sigmoid', x))
    case 'GELU': {
      // Gelu is an operator from opset 20 only: x/2 · (1 + erf(x/√2)).
      const erf = unary('Erf', binary('Mul', x, constant(Math.SQRT1_2)))
      return binary('Mul', binary('Mul', x, constant(0.5)), binary('Add', erf, constant(1)))
    }
  }
}
