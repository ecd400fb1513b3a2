import { describe, expect, it } from 'vitest'
import type { ModelRun } from '../../../src/core/evaluation'
import type { ModelInfo } from '../../../src/core/model'
import { ACCURACY } from './report-model'
import { buildReport, type ReportParts } from '../../../src/report/build-report'

function model(id: string, name: string): ModelInfo {
  return {
    id,
    name,
    fileName: `${name}.onnx`,
    format: 'onnx',
    bytes: 10,
    sha256: id,
    producer: 'pytorch 2.0',
    irVersion: 8,
    opset: 17,
    domains: [],
    external: [],
    parameters: 3,
    operators: [],
    cpuOperators: [],
    metadata: [],
    inputs: [{ name: 'x', type: 'float32', shape: ['batch', 4], isTensor: true }],
    outputs: [],
    classLabels: null,
    wasmOnly: null,
    usesFloat16: false,
    policy: null,
    notes: [],
    warnings: ['An old opset.'],
  }
}

function run(modelId: string, parts: Partial<ModelRun>): ModelRun {
  return {
    modelId,
    status: 'ok',
    failure: null,
    attempts: 1,
    failedAttempts: [],
    keptRows: 0,
    keptAt: null,
    parity: null,
    memory: null,
    backend: 'wasm',
    threads: 1,
    batchSize: 8,
    timing: null,
    scores: null,
    ...parts,
  }
}

const parts: ReportParts = {
  createdAt: new Date('2026-02-03T04:05:06Z'),
  generator: { name: 'Bakeoff', version: '1.2.3' },
  userAgent: 'test',
  machine: {
    cores: 2,
    memoryBytes: null,
    isIsolated: true,
    adapter: {
      vendor: 'v',
      architecture: 'a',
      description: 'd',
      isFallback: true,
      hasShaderF16: false,
    },
    adapterProblem: null,
  },
  runtime: null,
  disturbances: ['The tab was hidden.'],
  dataset: {
    id: 'd',
    name: 'data.csv',
    bytes: 1,
    sha256: 'ff',
    rows: 40,
    columns: [{ name: 'a', type: 'number', missing: 1, distinct: 3 }],
    preview: [],
    warnings: ['Line 3 is short.'],
  },
  roles: { target: 'y', features: ['a'] },
  market: null,
  kind: 'classification',
  metric: { id: 'accuracy', direction: 'higher' },
  metrics: [ACCURACY],
  settings: { seed: 0 },
  rows: 39,
  droppedRows: 1,
  chosen: null,
  classes: ['no', 'yes'],
  warnings: ['One row has no feature.'],
  plan: {
    mode: 'sequential',
    lanes: 1,
    sequentialUpTo: 2,
    reason: 'Two models.',
    models: [
      { modelId: '1', backend: 'wasm' },
      { modelId: '2', backend: 'webgpu' },
    ],
  },
  models: [model('1', '__proto__'), model('2', 'b'), model('3', 'c')],
  runs: [
    run('2', {
      status: 'failed',
      failure: { code: 'run-failed', message: 'm', advice: 'a', detail: 'secret' },
    }),
    run('1', {
      attempts: 2,
      failedAttempts: [
        {
          backend: 'webgpu',
          threads: 1,
          batchLimit: 64,
          failure: { code: 'device-lost', message: 'Gone.', advice: 'a', detail: 'secret' },
        },
      ],
      keptRows: 7,
      keptAt: Date.UTC(2026, 1, 2),
      parity: { rows: 32, maxDifference: 1e-6, agrees: true },
      memory: { bytes: 99, source: 'the worker' },
      timing: {
        loadMs: 1,
        firstBatchMs: 2,
        totalMs: 3,
        rowsPerSecond: Infinity,
        batchMs: { p50: NaN, p95: 4 },
      },
      scores: {
        metrics: { accuracy: 0.5, logLoss: Infinity },
        perClass: null,
        windows: null,
        details: {},
        notes: ['Read as logits.'],
        warnings: ['Logits.'],
      },
    }),
  ],
  timeColumn: null,
  compared: null,
  seed: 0,
  events: [],
}

describe('buildReport', () => {
  const report = buildReport(parts)

  it('keeps the order of the models and ranks by the primary metric', () => {
    expect(report.models.map(({ name, status }) => [name, status])).toEqual([
      ['__proto__', 'ok'],
      ['b', 'failed'],
      ['c', 'skipped'],
    ])
    expect(report.ranking).toEqual(['__proto__', 'b', 'c'])
  })

  it('lets no infinite figure and no runtime detail reach the document', () => {
    expect(report.models[0]?.metrics['logLoss']).toBeNull()
    expect(report.models[0]?.timing).toMatchObject({
      rowsPerSecond: null,
      batchMs: { p50: null, p95: 4 },
    })
    expect(report.models[1]?.error).toEqual({ code: 'run-failed', message: 'm', advice: 'a' })
  })

  it('says how each model was run, in the words of failures without their detail', () => {
    expect(report.models[0]).toMatchObject({
      attempts: 2,
      failedAttempts: [
        {
          backend: 'webgpu',
          threads: 1,
          batchLimit: 64,
          error: { code: 'device-lost', message: 'Gone.' },
        },
      ],
      keptRows: 7,
      keptAt: '2026-02-02T00:00:00.000Z',
      parity: { rows: 32, maxDifference: 1e-6, agrees: true },
      memory: { bytes: 99, source: 'the worker' },
    })
    expect(JSON.stringify(report)).not.toContain('secret')
    expect(report.models[2]).toMatchObject({ attempts: 0, failedAttempts: [], keptAt: null })
    expect(report.environment.disturbances).toEqual(['The tab was hidden.'])
  })

  it('keeps backends by name, even for a model called __proto__', () => {
    expect(Object.entries(report.plan.backends)).toEqual([
      ['__proto__', 'wasm'],
      ['b', 'webgpu'],
    ])
  })

  it('gathers warnings and rows', () => {
    expect(report.dataset).toMatchObject({
      rows: 39,
      droppedRows: 1,
      roles: { target: 'y', features: ['a'], time: null },
      warnings: ['Line 3 is short.', 'One row has no feature.'],
    })
    expect(report.models[0]?.warnings).toEqual(['An old opset.', 'Logits.'])
  })

  it('survives JSON unchanged', () => {
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({
      schema: 'bakeoff.report/1',
      createdAt: '2026-02-03T04:05:06.000Z',
      environment: { adapter: { isFallback: true }, runtime: { version: 'not loaded' } },
    })
  })
})
