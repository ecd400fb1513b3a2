import { describe, expect, it } from 'vitest'
import { stepInGrid } from '../../../src/views/step-in-grid'

const SIZE = { rows: 30, cols: 4, page: 12 }

describe('stepInGrid', () => {
  it.each([
    ['ArrowDown', false, { row: 5, col: 2 }, { row: 6, col: 2 }],
    ['ArrowUp', false, { row: 0, col: 2 }, null],
    ['ArrowRight', false, { row: 5, col: 3 }, null],
    ['ArrowLeft', false, { row: 5, col: 2 }, { row: 5, col: 1 }],
    ['Home', false, { row: 5, col: 2 }, { row: 5, col: 0 }],
    ['End', false, { row: 5, col: 2 }, { row: 5, col: 3 }],
    ['PageDown', false, { row: 20, col: 2 }, { row: 29, col: 2 }],
    ['PageUp', false, { row: 20, col: 2 }, { row: 8, col: 2 }],
    ['Home', true, { row: 5, col: 2 }, { row: 0, col: 0 }],
    ['End', true, { row: 5, col: 2 }, { row: 29, col: 3 }],
    ['ArrowDown', true, { row: 5, col: 2 }, null],
    ['x', false, { row: 5, col: 2 }, null],
  ])('%s, Ctrl %s, from %j', (key, isCtrl, from, to) => {
    expect(stepInGrid(from, key, isCtrl, SIZE)).toEqual(to)
  })
})
