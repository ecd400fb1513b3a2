import { expect, test } from 'vitest'
import type { MetricInfo } from '../../../src/core/metric'
import type { Report, ReportModel } from '../../../src/core/report'
import { leaderboardText } from '../../../src/headless/leaderboard'

function metric(id: string, label: string, unit: MetricInfo['unit']): MetricInfo {
  return { id, label, unit, direction: 'higher', description: '' }
}

const METRICS = [
  metric('accuracy', 'Accuracy', 'share'),
  metric('f1Macro', 'F1 macro', 'share'),
  metric('rocAuc', 'ROC AUC', 'share'),
  metric('mcc', 'MCC', 'score'),
  metric('logLoss', 'Log loss', 'score'),
  metric('ece', 'ECE', 'share'),
]

function model(name: string, metrics: Record<string, number | null>): ReportModel {
  return {
    name,
    sha256: '',
    bytes: 1,
    format: 'onnx',
    parameters: 1,
    opset: 17,
    inputs: [],
    outputs: [],
    status: 'ok',
    error: null,
    attempts: 1,
    failedAttempts: [],
    keptRows: 0,
    keptAt: null,
    parity: null,
    memory: null,
    backend: 'wasm',
    threads: 2,
    batchSize: 64,
    timing: {
      loadMs: 5,
      firstBatchMs: 1,
      totalMs: 20,
      rowsPerSecond: 12_345.6,
      batchMs: { p50: 1, p95: 1 },
    },
    metrics,
    intervals: {},
    perClass: null,
    windows: null,
    details: {},
    notes: [],
    warnings: [],
  }
}

function broken(name: string): ReportModel {
  return {
    ...model(name, {}),
    status: 'failed',
    error: { code: 'operator-unknown', message: `${name} uses an operator`, advice: '' },
    backend: null,
    threads: null,
    batchSize: null,
    timing: null,
  }
}

function report(models: readonly ReportModel[], ranking: readonly string[]): Report {
  return {
    schema: 'bakeoff.report/1',
    createdAt: '2026-01-01T00:00:00.000Z',
    generator: { name: 'bakeoff', version: '0.1.0' },
    environment: {
      userAgent: '',
      cores: 2,
      crossOriginIsolated: true,
      adapter: null,
      runtime: { name: 'onnxruntime-web', version: '1.30.0' },
      disturbances: [],
    },
    dataset: {
      name: 'rows.csv',
      sha256: '',
      rows: 629,
      columns: [],
      roles: { target: 'y', features: ['x'], time: null },
      droppedRows: 0,
      chosen: null,
      warnings: [],
    },
    task: { kind: 'classification', settings: {}, classes: ['a', 'b'] },
    plan: { mode: 'sequential', lanes: 1, sequentialUpTo: 2, reason: '', backends: {} },
    metrics: [],
    primaryMetric: { id: 'mcc', direction: 'higher' },
    models,
    ranking,
    comparisons: [],
    statistics: null,
    events: [],
  }
}

test('shows the metric that ranks first, then three that have figures', () => {
  const lines = leaderboardText(
    report(
      [
        model('linear', { accuracy: 0.9332, f1Macro: 0.9336, rocAuc: null, mcc: -0.25, ece: 0.1 }),
        broken('other'),
        model('cnn', { accuracy: 0.98, f1Macro: 0.97, rocAuc: null, mcc: 0.5, ece: 0.2 }),
      ],
      ['cnn', 'linear', 'other'],
    ),
    METRICS,
  )
  expect(lines).toEqual([
    'rank  model      MCC  Accuracy  F1 macro    ECE  rows/s  backend  status',
    '────  ──────  ──────  ────────  ────────  ─────  ──────  ───────  ──────',
    '   1  cnn      0.500     0.980     0.970  0.200  12\u202f300  WASM ×2  ok',
    '   2  linear  \u22120.250     0.933     0.934  0.100  12\u202f300  WASM ×2  ok',
    '      other        –         –         –      –       –  –        failed',
  ])
})
