import { attribute, DataType, doubles, floats, int64s, node } from '../onnx-builder'
import type { ObservationNormalization } from './observation-normalization'
import type { Sb3Graph } from './sb3-graph'
import type { Sb3Observation } from './sb3-policy'

/**
 * `clip((x − mean) / √(variance + ε), ±clip)` in float64, rounded to float32 at the end, as NumPy
 * computes it: in float32 a feature far from zero would lose its last digits to the subtraction.
 */
export function addNormalization(
  graph: Sb3Graph,
  normalization: ObservationNormalization,
  x: string,
): string {
  const { mean, variance, epsilon, clip } = normalization
  const binary = (type: string, a: string, b: string) => graph.add((y) => node(type, [a, b], [y]))
  const constant = (values: Float64Array) =>
    graph.constant((name) => doubles(name, [values.length], values))
  const wide = cast(graph, x, DataType.DOUBLE)
  const deviation = variance.map((value) => Math.sqrt(value + epsilon))
  const scaled = binary('Div', binary('Sub', wide, constant(mean)), constant(deviation))
  const floored = binary('Max', scaled, constant(Float64Array.of(-clip)))
  const clipped = binary('Min', floored, constant(Float64Array.of(clip)))
  return cast(graph, clipped, DataType.FLOAT)
}

/** One-hot codes of each column side by side; other observations stay as they are. */
export function addOneHot(graph: Sb3Graph, { categories }: Sb3Observation, x: string): string {
  if (categories.length === 0) return x
  const indices = cast(graph, x, DataType.INT64)
  const values = graph.constant((name) => floats(name, [2], [0, 1]))
  const axis = (n: number) => graph.constant((name) => int64s(name, [1], [n]))
  const codes = categories.map((count, column) => {
    const at = [axis(column), axis(column + 1), axis(-1)]
    const one = graph.add((y) => node('Slice', [indices, ...at], [y]))
    const depth = graph.constant((name) => int64s(name, [], [count]))
    const flat = graph.add((y) => node('Squeeze', [one, axis(-1)], [y]))
    return graph.add((y) => node('OneHot', [flat, depth, values], [y], [attribute.int('axis', -1)]))
  })
  return graph.add((y) => node('Concat', codes, [y], [attribute.int('axis', -1)]))
}

function cast(graph: Sb3Graph, x: string, type: DataType): string {
  return graph.add((y) => node('Cast', [x], [y], [attribute.int('to', type)]))
}
