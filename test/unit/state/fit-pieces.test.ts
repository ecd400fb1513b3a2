import { expect, it } from 'vitest'
import { DEFAULT_IMAGE_SETTINGS } from '../../../src/core/image-settings'
import { planEvaluation } from '../../../src/engine/plan'
import { DEFAULT_SETTINGS } from '../../../src/core/evaluation'
import { fitPieces } from '../../../src/state/fit-pieces'
import { datasetOf } from './context'

const machine = {
  ...{ cores: 4, memoryBytes: null, isIsolated: true },
  ...{ adapter: null, adapterProblem: 'none' },
}
const model = {
  ...{ id: 'm', name: 'm', bytes: 1_000, wasmOnly: null, usesFloat16: false, rowBytes: 16 },
}
const plan = planEvaluation([model], 50_000, machine, DEFAULT_SETTINGS)
const table = datasetOf(['a'])
const images = { settings: DEFAULT_IMAGE_SETTINGS, commonSize: null, leftOut: [] }

it('keeps a piece of images short enough to be decoded within a deadline', () => {
  expect(plan.pieceRows).toBeGreaterThan(256)
  const rows = { pieces: null, rows: 50_000 }
  expect(fitPieces(plan, rows, table)).toBe(plan)
  expect(fitPieces(plan, rows, { ...table, images }).pieceRows).toBe(256)
  expect(fitPieces({ ...plan, pieceRows: 64 }, rows, { ...table, images }).pieceRows).toBe(64)
  expect(fitPieces(plan, { pieces: [], rows: 50_000 }, table).pieceRows).toBe(50_000)
})
