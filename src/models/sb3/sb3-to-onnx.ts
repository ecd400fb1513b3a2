import {
  attribute,
  DataType,
  floats,
  int64s,
  model,
  node,
  value,
  type Dim,
  type Value,
} from '../onnx-builder'
import { addActivation } from './activation-nodes'
import { addLstm } from './lstm-nodes'
import { addNormalization, addOneHot } from './observation-nodes'
import type { ObservationNormalization } from './observation-normalization'
import { Sb3Graph } from './sb3-graph'
import type { LinearLayer, Sb3Action, Sb3Policy } from './sb3-policy'

export interface OnnxOptions {
  /**
   * `step` answers one observation per row of the batch. `sequence` takes a time axis in front, runs
   * it bar by bar within one call, and gives the states after the last; for recurrent policies only.
   */
  readonly form: 'step' | 'sequence'
  /** Statistics of `VecNormalize`, put in front of the policy; null for none. */
  readonly normalization: ObservationNormalization | null
}

/** Names of the graph's inputs and outputs. */
export const POLICY_VALUES = {
  observation: 'observation',
  h: 'h',
  c: 'c',
  logits: 'logits',
  action: 'action',
  nextH: 'h_out',
  nextC: 'c_out',
} as const

/**
 * A policy as an ONNX model (opset 17, float32). Inputs: `observation` [batch, columns] or [time,
 * batch, columns]; of a recurrent policy also `h` and `c` [layers, batch, hidden], zeros at the
 * start of an episode. Outputs: `logits` (discrete; the action is the first largest) or `action`
 * (continuous; squashed or clipped as `predict(deterministic=True)` does) with the same leading
 * axes, and `h_out` and `c_out`, to be given back as `h` and `c` for the next bar.
 */
export function sb3ToOnnx(policy: Sb3Policy, options: OnnxOptions): Uint8Array<ArrayBuffer> {
  const { lstm } = policy
  const isSequence = options.form === 'sequence' && lstm !== null
  const lead: Dim[] = isSequence ? ['time', 'batch'] : ['batch']
  const graph = new Sb3Graph()
  const features = addFeatures(graph, policy, options.normalization)
  const rows = lstm === null ? features : addRecurrentRows(graph, policy, features, isSequence)
  const answer = addHead(graph, policy, rows)
  const output = policy.action.kind === 'discrete' ? POLICY_VALUES.logits : POLICY_VALUES.action
  if (isSequence) addUnflatten(graph, answer, policy.action.size, output)
  else graph.add((y) => node('Identity', [answer], [y]), output)
  const states = (names: readonly string[]): Value[] =>
    lstm === null
      ? []
      : names.map((name) => value(name, DataType.FLOAT, [lstm.layers.length, 'batch', lstm.hidden]))
  const { observation, h, c, nextH, nextC } = POLICY_VALUES
  return model({
    producer: 'Bakeoff',
    nodes: graph.nodes,
    tensors: graph.tensors,
    inputs: [
      value(observation, DataType.FLOAT, [...lead, policy.observation.columns]),
      ...states([h, c]),
    ],
    outputs: [
      value(output, DataType.FLOAT, [...lead, policy.action.size]),
      ...states([nextH, nextC]),
    ],
  })
}

function addFeatures(
  graph: Sb3Graph,
  { observation }: Sb3Policy,
  normalization: ObservationNormalization | null,
): string {
  const input = POLICY_VALUES.observation
  const scaled = normalization === null ? input : addNormalization(graph, normalization, input)
  return addOneHot(graph, observation, scaled)
}

/** Runs the LSTM; its outputs come as [time · batch, hidden], a step having one time. */
function addRecurrentRows(
  graph: Sb3Graph,
  { lstm }: Sb3Policy,
  features: string,
  isSequence: boolean,
): string {
  if (lstm === null) return features
  const x = isSequence ? features : addTime(graph, features)
  const { h, c, nextH, nextC } = POLICY_VALUES
  const top = addLstm(graph, lstm, x, { h, c }, { h: nextH, c: nextC })
  const shape = graph.constant((name) => int64s(name, [2], [-1, lstm.hidden]))
  return graph.add((y) => node('Reshape', [top, shape], [y]))
}

/** [batch, width] to [1, batch, width]. */
function addTime(graph: Sb3Graph, x: string): string {
  const first = graph.constant((name) => int64s(name, [1], [0]))
  return graph.add((y) => node('Unsqueeze', [x, first], [y]))
}

function addHead(graph: Sb3Graph, policy: Sb3Policy, rows: string): string {
  let x = rows
  for (const layer of policy.hiddenLayers) {
    x = addActivation(graph, policy.activation, addLinear(graph, layer, x))
  }
  return addBounds(graph, policy.action, addLinear(graph, policy.actionLayer, x))
}

function addLinear(graph: Sb3Graph, layer: LinearLayer, x: string): string {
  const { inputs, outputs, bias } = layer
  const weight = graph.constant((name) => floats(name, [outputs, inputs], layer.weight))
  const biases = bias === null ? [] : [graph.constant((name) => floats(name, [outputs], bias))]
  return graph.add((y) => node('Gemm', [x, weight, ...biases], [y], [attribute.int('transB', 1)]))
}

/** What `BasePolicy.predict` does to a continuous action: `unscale_action` of its tanh, or clip. */
function addBounds(graph: Sb3Graph, action: Sb3Action, x: string): string {
  if (action.kind === 'discrete') return x
  const { size, low, high } = action
  const binary = (type: string, a: string, b: string) => graph.add((y) => node(type, [a, b], [y]))
  const constant = (values: ArrayLike<number>) =>
    graph.constant((name) => floats(name, [values.length], values))
  if (!action.squashed) return binary('Min', binary('Max', x, constant(low)), constant(high))
  const tanh = graph.add((y) => node('Tanh', [x], [y]))
  const range = constant(
    Float32Array.from({ length: size }, (_, i) => (high[i] ?? 0) - (low[i] ?? 0)),
  )
  const half = binary('Mul', binary('Add', tanh, constant([1])), constant([0.5]))
  return binary('Add', constant(low), binary('Mul', half, range))
}

/** [time · batch, size] back to [time, batch, size], by the shape of the observations. */
function addUnflatten(graph: Sb3Graph, x: string, size: number, output: string): void {
  const lead = graph.add((y) =>
    node('Shape', [POLICY_VALUES.observation], [y], [attribute.int('end', 2)]),
  )
  const last = graph.constant((name) => int64s(name, [1], [size]))
  const shape = graph.add((y) => node('Concat', [lead, last], [y], [attribute.int('axis', 0)]))
  graph.add((y) => node('Reshape', [x, shape], [y]), output)
}
