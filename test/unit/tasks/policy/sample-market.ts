import type { Market } from '../../../../src/tasks/policy/market'
import { sampleColumn, sampleMarket, samples } from './read-samples'

const columns = samples.features.map(sampleColumn)

/** The sample market with its observations. */
export const fullMarket: Market = {
  ...sampleMarket,
  observationWidth: columns.length,
  observations: Float32Array.from(
    { length: sampleMarket.rows * columns.length },
    (_, at) => columns[at % columns.length]?.[Math.floor(at / columns.length)] ?? NaN,
  ),
}
