import { attribute, floats, int64s, node } from '../onnx-builder'
import { reorderGates } from './reorder-gates'
import type { Sb3Graph } from './sb3-graph'
import type { LstmLayer, Sb3Lstm } from './sb3-policy'

/** States as graph values [layers, batch, hidden]. */
export interface LstmStates {
  readonly h: string
  readonly c: string
}

/**
 * Runs the stacked LSTM over `x` [time, batch, features]: its top output [time, batch, hidden], and
 * the states after the last step under the names of `after`.
 */
export function addLstm(
  graph: Sb3Graph,
  lstm: Sb3Lstm,
  x: string,
  before: LstmStates,
  after: LstmStates,
): string {
  const h = splitLayers(graph, before.h, lstm.layers.length)
  const c = splitLayers(graph, before.c, lstm.layers.length)
  const axis = graph.constant((name) => int64s(name, [1], [1]))
  const lastH: string[] = []
  const lastC: string[] = []
  let top = x
  for (const [index, layer] of lstm.layers.entries()) {
    const outputs = { y: graph.name('y'), h: graph.name('h'), c: graph.name('c') }
    const states = [h[index] ?? '', c[index] ?? '']
    graph.nodes.push(
      node(
        'LSTM',
        [top, ...addWeights(graph, layer, lstm.hidden), '', ...states],
        [outputs.y, outputs.h, outputs.c],
        [attribute.int('hidden_size', lstm.hidden)],
      ),
    )
    lastH.push(outputs.h)
    lastC.push(outputs.c)
    // The second axis of Y is the direction, of which there is one.
    top = graph.add((squeezed) => node('Squeeze', [outputs.y, axis], [squeezed]))
  }
  joinLayers(graph, lastH, after.h)
  joinLayers(graph, lastC, after.c)
  return top
}

/** W, R and B of one direction; B may be left out, which means zeros. */
function addWeights(graph: Sb3Graph, layer: LstmLayer, hidden: number): string[] {
  const rows = 4 * hidden
  const weight = (values: Float32Array, width: number) =>
    graph.constant((name) => floats(name, [1, rows, width], reorderGates(values)))
  const weights = [weight(layer.inputWeight, layer.inputs), weight(layer.hiddenWeight, hidden)]
  const { inputBias, hiddenBias } = layer
  if (inputBias === null || hiddenBias === null) return [...weights, '']
  const biases = new Float32Array(2 * rows)
  biases.set(reorderGates(inputBias))
  biases.set(reorderGates(hiddenBias), rows)
  return [...weights, graph.constant((name) => floats(name, [1, 2 * rows], biases))]
}

function splitLayers(graph: Sb3Graph, state: string, layers: number): string[] {
  if (layers === 1) return [state]
  const names = Array.from({ length: layers }, () => graph.name('state'))
  graph.nodes.push(node('Split', [state], names, [attribute.int('axis', 0)]))
  return names
}

function joinLayers(graph: Sb3Graph, states: readonly string[], output: string): void {
  graph.add((y) => node('Concat', states, [y], [attribute.int('axis', 0)]), output)
}
