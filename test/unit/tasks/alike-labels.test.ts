import { describe, expect, it } from 'vitest'
import { alikeLabels } from '../../../src/tasks/alike-labels'
import { targetColumn } from '../../../src/tasks/target-column'
import { makeDataset, type Cell } from './make-dataset'

const alike = (labels: readonly Cell[]) =>
  alikeLabels(targetColumn(makeDataset([['t', labels]]), null, 0))

describe('alikeLabels', () => {
  it('G60 shows labels that look alike with their rows', () => {
    expect(alike(['1', '1.0', ' yes', 'yes', 'YES', '1'])?.sentence).toBe(
      'Labels of "t" that look alike are classes of their own: "1" (2), "1.0" (1), and 1 more such group.',
    )
    expect(alike([' yes', 'yes'])?.sentence).toContain('"␣yes" (1), "yes" (1)')
    expect(alike([' yes', '\u202eyes'])).toBeNull()
    expect(alike([1, 2, 1])).toBeNull()
  })

  it('G60 gives other labels another key, and the same in any order the same', () => {
    const key = alike(['1', '1.0', 'no'])?.key
    expect(alike(['no', '1.0', '1', '1'])?.key).toBe(key)
    expect(alike(['1', '1.0', '1.00'])?.key).not.toBe(key)
  })
})
