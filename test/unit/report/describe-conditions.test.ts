import { describe, expect, it } from 'vitest'
import { describeConditions } from '../../../src/report/describe-conditions'
import { reportModel, reportOf } from './report-model'

describe('describeConditions', () => {
  it('says what the figures depend on', () => {
    const report = reportOf([reportModel('a')])
    expect(describeConditions(report, 'Accuracy')).toEqual([
      'Accuracy, higher is better',
      '629 rows of digits.csv',
      'WASM, 2 threads',
      'data 01234567',
      'seed 7',
      'without a significance test',
    ])
  })

  it('adds dropped rows, few rows, failures and a second backend', () => {
    const base = reportOf([
      reportModel('a', { backend: 'webgpu', threads: 1 }),
      reportModel('b', { threads: 1 }),
      reportModel('c', { status: 'failed', backend: 'wasm', threads: null }),
    ])
    const report = { ...base, dataset: { ...base.dataset, rows: 12, droppedRows: 1 } }
    expect(describeConditions(report, 'MAE')).toEqual(
      expect.arrayContaining([
        '1 row dropped',
        'fewer than 30 rows',
        'WebGPU and WASM, 1 thread',
        '1 model failed',
      ]),
    )
  })
})
