import { describe, expect, it } from 'vitest'
import { rankModels } from '../../../src/report/rank-models'
import { reportModel } from './report-model'

const models = [
  reportModel('failed', { status: 'failed', metrics: { mae: 0 } }),
  reportModel('undefined', { metrics: { mae: null } }),
  reportModel('absent'),
  reportModel('two', { metrics: { mae: 2 } }),
  reportModel('one', { metrics: { mae: 1 } }),
  reportModel('one too', { metrics: { mae: 1 } }),
]

describe('rankModels', () => {
  it('puts the best first, then models without the figure, then failed ones', () => {
    expect(rankModels(models, { id: 'mae', direction: 'lower' })).toEqual([
      'one',
      'one too',
      'two',
      'undefined',
      'absent',
      'failed',
    ])
  })

  it('turns with the direction and keeps the order of equals', () => {
    expect(rankModels(models, { id: 'mae', direction: 'higher' }).slice(0, 3)).toEqual([
      'two',
      'one',
      'one too',
    ])
  })
})
