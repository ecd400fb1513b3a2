import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DataType, floats, model, node, value } from '../fixtures/onnx-builder'

/**
 * Two multi-layer perceptrons and a table for the first: 4-8-1, with so little work per row that a
 * call costs more than the answer, and 64-512-512-10, with so much that a call costs nothing.
 */
export function writeModels(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'small_mlp.onnx'), perceptron([4, 8, 1]))
  writeFileSync(join(folder, 'wide_mlp.onnx'), perceptron([64, 512, 512, 10]))
  const lines = Array.from({ length: 1000 }, (_, row) =>
    [...wave(4, row), Math.sin(row)].map((x) => x.toFixed(4)).join(','),
  )
  writeFileSync(join(folder, 'small.csv'), `a,b,c,d,y\n${lines.join('\n')}\n`)
}

export function perceptron(widths: readonly number[]): Uint8Array {
  const layers = widths.slice(1).map((to, index) => ({ from: widths[index] ?? 0, to, index }))
  const last = layers.length - 1
  return model({
    inputs: [value('features', DataType.FLOAT, ['batch', widths[0] ?? 0])],
    outputs: [value(`h${String(last)}`, DataType.FLOAT, ['batch', widths.at(-1) ?? 0])],
    nodes: layers.flatMap(({ index }) => {
      const [i, input] = [String(index), index === 0 ? 'features' : `r${String(index - 1)}`]
      const gemm = node('Gemm', [input, `w${i}`, `b${i}`], [`h${i}`])
      return index === last ? [gemm] : [gemm, node('Relu', [`h${i}`], [`r${i}`])]
    }),
    tensors: layers.flatMap(({ from, to, index }) => [
      floats(
        `w${String(index)}`,
        [from, to],
        wave(from * to, index).map((x) => x / from),
      ),
      floats(`b${String(index)}`, [to], wave(to, index)),
    ]),
  })
}

function wave(length: number, phase = 0): number[] {
  return Array.from({ length }, (_, index) => Math.sin(1 + index + phase))
}
