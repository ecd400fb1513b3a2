import type { MetricInfo } from '../../../src/core/metric'
import type { Report, ReportModel } from '../../../src/core/report'

export const ACCURACY: MetricInfo = {
  id: 'accuracy',
  label: 'Accuracy',
  direction: 'higher',
  unit: 'share',
  description: 'Share of rows whose answered class is the true one.',
}

/** A finished model as the report holds it, with only what a test cares about to be named. */
export function reportModel(name: string, parts: Partial<ReportModel> = {}): ReportModel {
  return {
    name,
    sha256: 'ab'.repeat(32),
    bytes: 1000,
    format: 'onnx',
    parameters: 10,
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
    timing: null,
    metrics: {},
    intervals: {},
    perClass: null,
    windows: null,
    details: {},
    notes: [],
    warnings: [],
    ...parts,
  }
}

export function reportOf(models: readonly ReportModel[], parts: Partial<Report> = {}): Report {
  return {
    schema: 'bakeoff.report/1',
    createdAt: '2026-01-01T00:00:00.000Z',
    generator: { name: 'Bakeoff', version: '0' },
    environment: {
      userAgent: 'test',
      cores: 2,
      crossOriginIsolated: true,
      adapter: null,
      runtime: { name: 'onnxruntime-web', version: '1.30.0' },
      disturbances: [],
    },
    dataset: {
      name: 'digits.csv',
      sha256: '0123456789abcdef'.repeat(4),
      rows: 629,
      columns: [],
      roles: { target: 'label', features: ['a'], time: null },
      droppedRows: 0,
      chosen: null,
      warnings: [],
    },
    task: { kind: 'classification', settings: { seed: 7 }, classes: null },
    plan: {
      mode: 'sequential',
      lanes: 1,
      sequentialUpTo: 2,
      reason: 'A reason.',
      backends: {},
    },
    metrics: [ACCURACY],
    primaryMetric: { id: 'accuracy', direction: 'higher' },
    models,
    ranking: models.map((model) => model.name),
    comparisons: [],
    statistics: null,
    events: [],
    ...parts,
  }
}
