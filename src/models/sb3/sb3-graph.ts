import type { Node, Tensor } from '../onnx-builder'

/**
 * Nodes and constants of a graph in the making. Every method appends and returns the name of the
 * value that it made, so that a graph reads as its formula.
 */
export class Sb3Graph {
  readonly nodes: Node[] = []
  readonly tensors: Tensor[] = []
  private made = 0

  /** Adds a node with one output, called `output` where it is to be the graph's. */
  add(node: (output: string) => Node, output = this.name('value')): string {
    this.nodes.push(node(output))
    return output
  }

  constant(tensor: (name: string) => Tensor): string {
    const name = this.name('constant')
    this.tensors.push(tensor(name))
    return name
  }

  name(kind: string): string {
    return `${kind}_${String(this.made++)}`
  }
}
