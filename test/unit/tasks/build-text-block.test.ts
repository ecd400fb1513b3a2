import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/core/dataset'
import { buildTextBlock } from '../../../src/tasks/build-text-block'
import { makeDataset } from './make-dataset'

const DATASET: Dataset = makeDataset([
  ['colour', ['red', 'green', 'red', 'blue', 'green']],
  ['size', [1, 2, 3, 4, 5]],
])

describe('buildTextBlock', () => {
  it('writes rows of texts and whole numbers, across chunks', () => {
    const request = { index: null, columns: [1, 0], start: 1, end: 4 }
    expect(buildTextBlock(DATASET, request)).toEqual(['2', 'green', '3', 'red', '4', 'blue'])
  })

  it('takes the used rows alone', () => {
    const request = { index: Uint32Array.of(0, 3, 4), columns: [0], start: 1, end: 3 }
    expect(buildTextBlock(DATASET, request)).toEqual(['blue', 'green'])
  })
})
