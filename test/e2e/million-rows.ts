import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DataType, floats, model, node, value } from '../fixtures/onnx-builder'

const MILLION = 1_000_000
const CHUNK = 50_000
const REGIONS = ['north', 'east', 'south', 'west']
/** What makes the answers; the second model sees less of it. */
const WEIGHTS = { steady: [1.6, -1.1, 0.7, 0], eager: [1.5, -0.4, 0.9, 0.3] }

/** Two classes by four numbers with noise, one text beside them, and two models for it. */
export function writeMillion(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true })
  const table = join(folder, 'million.csv')
  const file = openSync(table, 'w')
  writeSync(file, 'a,b,c,d,region,label\n')
  const random = generator(7)
  for (let row = 0; row < MILLION; row += CHUNK) {
    writeSync(file, Array.from({ length: CHUNK }, () => line(random)).join(''))
  }
  closeSync(file)
  const models = Object.entries(WEIGHTS).map(([name, weights]) => {
    const path = join(folder, `${name}.onnx`)
    writeFileSync(path, logistic(weights))
    return path
  })
  return [...models, table]
}

function line(random: () => number): string {
  const features = WEIGHTS.steady.map(() => random() * 4 - 2)
  const score = WEIGHTS.steady.reduce((sum, weight, at) => sum + weight * (features[at] ?? 0), 0)
  const label = random() < 1 / (1 + Math.exp(-score)) ? 1 : 0
  const region = REGIONS[Math.floor(random() * REGIONS.length)] ?? ''
  return `${features.map((feature) => feature.toFixed(3)).join(',')},${region},${String(label)}\n`
}

function logistic(weights: readonly number[]): Uint8Array {
  return model({
    inputs: [value('features', DataType.FLOAT, ['batch', weights.length])],
    outputs: [value('probability', DataType.FLOAT, ['batch', 1])],
    nodes: [
      node('MatMul', ['features', 'weights'], ['score']),
      node('Sigmoid', ['score'], ['probability']),
    ],
    tensors: [floats('weights', [weights.length, 1], [...weights])],
  })
}

/** Park and Miller's: the same file on every machine. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
