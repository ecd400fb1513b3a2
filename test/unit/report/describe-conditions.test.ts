import { describe, expect, it } from 'vitest'
import { formatMoment } from '../../../src/core/format'
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

  it('says which answers were kept from an earlier run', () => {
    const [older, newer] = ['2026-07-26T10:00:00.000Z', '2026-07-27T10:00:00.000Z']
    const whole = reportModel('a', { keptRows: 629, keptAt: older })
    const latest = reportModel('b', { keptRows: 629, keptAt: newer })
    const part = reportModel('c', { keptRows: 400, keptAt: newer })
    expect(describeConditions(reportOf([whole, latest]), 'Accuracy')).toContain(
      `all answers kept from ${formatMoment(newer)}, not run again`,
    )
    const mixed = describeConditions(reportOf([whole, part, reportModel('d')]), 'Accuracy')
    expect(mixed).toContain(`1 model kept from ${formatMoment(older)}, not run again`)
    expect(mixed).toContain('1 model went on after kept rows')
  })
})
