import { describe, expect, it } from 'vitest'
import type { ParityDetails, ReportModel } from '../../../src/core/report'
import { parityMetrics } from '../../../src/metrics/parity-metrics'
import { parityVerdict } from '../../../src/report/parity-verdict'
import { verdict } from '../../../src/report/verdict'
import { reportModel, reportOf } from './report-model'

const SAME_CLASS = parityMetrics.find(({ id }) => id === 'topOneAgreement')
if (SAME_CLASS === undefined) throw new Error('no such metric')

function details(parts: Partial<ParityDetails>): ParityDetails {
  return {
    ...{ against: 'baseline', outputs: [], rows: 629, numbers: 6290, closeRows: 0 },
    ...{ tolerance: { absolute: 1e-5, relative: 1e-3 }, changedRows: 0, differences: null },
    worst: [],
    ...parts,
  }
}

function checked(
  name: string,
  metrics: Record<string, number | null>,
  parity: Partial<ParityDetails>,
  intervals: ReportModel['intervals'] = {},
): ReportModel {
  return reportModel(name, { metrics, intervals, details: { parity: details(parity) } })
}

const fp32 = checked('fp32', { topOneAgreement: 1, maxAbsDifference: 0 }, { against: 'itself' })

function said(...models: readonly ReportModel[]): string {
  const report = reportOf([fp32, ...models])
  return (parityVerdict({ ...report, task: { ...report.task, kind: 'parity' } }) ?? '').replaceAll(
    '\u202f',
    ' ',
  )
}

describe('the verdict of a parity check', () => {
  it('says on how many rows, how sure, what changes and by how much', () => {
    const int8 = checked(
      'int8',
      { topOneAgreement: 621 / 629, maxAbsDifference: 0.1234 },
      { changedRows: 8 },
      { topOneAgreement: [0.9751, 0.9935] },
    )
    expect(said(int8)).toBe(
      'int8 agrees with fp32 on 98.7 % of 629 rows (95 % interval 97.5 % to 99.4 %): 8 rows change class; largest difference 0.123.',
    )
  })

  it('never rounds a change away', () => {
    const rows = 1_000_000
    const figures = { topOneAgreement: 1 - 1 / rows, maxAbsDifference: 2e-7 }
    expect(said(checked('fp16', figures, { rows, changedRows: 1 }))).toBe(
      'fp16 agrees with fp32 on 99.9999 % of 1 000 000 rows: 1 row changes class; largest difference 2.0e−7.',
    )
  })

  it('speaks of the tolerance where answers tell no class', () => {
    const figures = { topOneAgreement: null, withinTolerance: 1, maxAbsDifference: 3e-7 }
    const one = checked('m', figures, { against: 'recorded', rows: 10, changedRows: null })
    expect(said(one)).toBe(
      'm is within tolerance of the recorded answers on all 10 rows; largest difference 3.0e−7.',
    )
  })

  it('tells of several candidates the one that strays furthest', () => {
    const full = checked('fp16', { topOneAgreement: 1, maxAbsDifference: 0.01 }, {})
    const int8 = checked(
      'int8',
      { topOneAgreement: 0.5, maxAbsDifference: 9 },
      { changedRows: 300 },
    )
    expect(said(full, int8)).toBe(
      'int8 agrees with fp32 on 50.0 % of 629 rows: 300 rows change class; largest difference 9.00. fp16 agrees on all rows.',
    )
    const other = checked('opt', { topOneAgreement: 1, maxAbsDifference: 0.5 }, {})
    expect(said(full, other)).toBe(
      'opt and fp16 agree with fp32 on all 629 rows; largest difference 0.500, by opt.',
    )
  })

  it('says that numbers have no distance rather than none', () => {
    const unsized = { edges: [], counts: [], identical: 0, unsized: 3 }
    const nan = checked(
      'nan',
      { topOneAgreement: 0.9, maxAbsDifference: null },
      { changedRows: 3, differences: unsized },
    )
    expect(said(nan)).toContain('3 rows change class; 3 rows with NaN or infinity on one side.')
  })

  it('is the verdict of a report of that kind, without a candidate too', () => {
    const report = reportOf([fp32])
    const alone = { ...report, task: { ...report.task, kind: 'parity' as const } }
    expect(parityVerdict(alone)).toBeNull()
    const full = checked('fp16', { topOneAgreement: 1, maxAbsDifference: 0.01 }, {})
    const sentence = 'fp16 agrees with fp32 on all 629 rows; largest difference 0.0100.'
    expect(verdict({ ...alone, models: [fp32, full] }, SAME_CLASS)).toBe(sentence)
  })
})
