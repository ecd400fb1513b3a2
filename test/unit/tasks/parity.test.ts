import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/core/dataset'
import type { Outcome } from '../../../src/core/failure'
import type { ModelInfo } from '../../../src/core/model'
import type { OutputBinding } from '../../../src/core/task'
import { DEFAULT_TOLERANCE } from '../../../src/core/tolerance'
import { parity } from '../../../src/tasks/parity'
import type { PreparedTask } from '../../../src/tasks/prepared-task'
import { proposeTask } from '../../../src/tasks/propose-task'
import { makeDataset } from './make-dataset'
import { makeModel, value } from './make-model'

const dataset = makeDataset([
  ['a', [1, 2, 3, 4]],
  ['b', [5, 6, 7, 8]],
  ['y0', [0.1, 0.2, 0.3, null]],
  ['y1', [0.9, 0.8, 0.7, 0.6]],
  ['kind', ['u', 'v', 'u', 'u']],
])
const input = value('x', 'float32', ['batch', 2])

function modelOf(name: string, ...outputs: ModelInfo['outputs'][number][]): ModelInfo {
  return makeModel(name, [input], outputs)
}

const scores = (name: string, width: number | string = 2) =>
  value(name, 'float32', ['batch', width])

function prepare(
  models: readonly ModelInfo[],
  reference: readonly string[] = [],
  baselineId: string | null = models[0]?.id ?? null,
  of: Dataset = dataset,
): Outcome<PreparedTask> {
  return parity.prepare(of, {
    kind: 'parity',
    roles: { target: null, features: ['a', 'b'], reference },
    models,
    parity: { baselineId, tolerance: DEFAULT_TOLERANCE },
  })
}

function unwrap<T>(outcome: Outcome<T> | undefined): T {
  if (outcome?.ok !== true) throw new Error(outcome?.failure.message ?? 'nothing')
  return outcome.value
}

function parts(prepared: PreparedTask, id: string) {
  const { output } = unwrap(prepared.bindings[id])
  return (output.parts ?? []).map((part) => [part.output, part.counterpart, part.width, part.kind])
}

function failure(prepared: PreparedTask, id: string) {
  const binding = prepared.bindings[id]
  if (binding?.ok !== false) throw new Error('no failure')
  return binding.failure
}

describe('what is compared with what', () => {
  it('goes by name, whatever the order, and names what is left out', () => {
    const prepared = unwrap(
      prepare([
        modelOf('whole', scores('one', 3), scores('two')),
        modelOf('swapped', scores('two'), scores('one', 3), scores('more')),
      ]),
    )
    expect(parts(prepared, 'swapped')).toEqual([
      ['two', 'two', 2, 'values'],
      ['one', 'one', 3, 'values'],
    ])
    expect(prepared.warnings).toEqual([
      'swapped.onnx: "more" has no counterpart in the baseline whole.onnx and is not compared.',
    ])
  })

  it('takes a single output whatever it is called', () => {
    const prepared = unwrap(prepare([modelOf('a', scores('logits')), modelOf('b', scores('out'))]))
    expect(parts(prepared, 'b')).toEqual([['out', 'logits', 2, 'values']])
    expect(prepared.warnings[0]).toContain('its only output "out" is compared with "logits"')
  })

  it('D36 asks instead of matching several outputs by their position', () => {
    const prepared = unwrap(
      prepare([
        modelOf('a', scores('one'), scores('two')),
        modelOf('b', scores('eins'), scores('zwei')),
      ]),
    )
    expect(failure(prepared, 'b')).toMatchObject({
      code: 'output-mapping',
      message:
        'b.onnx gives "eins" and "zwei", the baseline a.onnx "one" and "two": no output has the same name, and none is matched by its position.',
    })
    expect(prepared.bindings['a']?.ok).toBe(true)
  })

  it('refuses widths that differ, and takes an open one from its namesake', () => {
    const prepared = unwrap(
      prepare([
        modelOf('a', scores('y', 3)),
        modelOf('b', scores('y', 2)),
        modelOf('open', scores('y', 'n')),
      ]),
    )
    expect(failure(prepared, 'b').message).toContain('2 float32 numbers per row as "y"')
    expect(parts(prepared, 'open')).toEqual([['y', 'y', 3, 'values']])
  })

  it('fails every other model by name where the baseline cannot be fed', () => {
    const broken = makeModel('broken', [value('x', 'float32', ['batch', 7])], [scores('y')])
    const prepared = unwrap(prepare([broken, modelOf('fine', scores('y'))]))
    expect(failure(prepared, 'broken').code).toBe('input-shape')
    expect(failure(prepared, 'fine')).toMatchObject({
      code: 'reference-failed',
      advice: 'Choose another baseline, or see what broken.onnx needs.',
    })
  })

  it('says what is missing where there is one model and nothing recorded', () => {
    expect(prepare([modelOf('alone', scores('y'))])).toMatchObject({
      ok: false,
      failure: { code: 'reference-absent' },
    })
  })
})

describe('recorded answers', () => {
  it('are columns side by side for the only output of a model, one model being enough', () => {
    const prepared = unwrap(prepare([modelOf('m', scores('probs'))], ['y0', 'y1']))
    expect(prepared).toMatchObject({ rows: 3, droppedRows: 1 })
    expect(prepared.targets).toMatchObject({ referenceId: null, index: Int32Array.of(0, 1, 2) })
    const { output } = unwrap(prepared.bindings['m'])
    const data = Float64Array.of(0.1, 0.9, 0.2, 0.8, 0.7, 0.3)
    const { metrics, details } = unwrap(score(prepared, 'm', output, data))
    // Row 3 answers 0.7 and 0.3 where 0.3 and 0.7 were recorded.
    expect(metrics['maxAbsDifference']).toBeCloseTo(0.4, 12)
    expect(metrics).toMatchObject({ topOneAgreement: 2 / 3, withinTolerance: 2 / 3 })
    expect(details.parity).toMatchObject({
      ...{ against: 'recorded', changedRows: 1, closeRows: 2 },
      worst: [{ row: 3, output: 'probs[0]', expected: 0.3, answered: 0.7, classes: ['1', '0'] }],
    })
  })

  it('are found by the names of outputs', () => {
    const model = modelOf('m', scores('y1', 1), scores('other'), scores('y0', 1))
    const prepared = unwrap(prepare([model], ['y0', 'y1']))
    expect(parts(prepared, 'm')).toEqual([
      ['y1', 'y1', 1, 'values'],
      ['y0', 'y0', 1, 'values'],
    ])
    const { output } = unwrap(prepared.bindings['m'])
    const data = Float64Array.of(0.9, 0.1, 0.8, 0.2, 0.7, 0.3)
    expect(unwrap(score(prepared, 'm', output, data)).metrics['maxAbsDifference']).toBe(0)
  })

  it('are texts for a model that answers labels', () => {
    const model = modelOf('m', value('label', 'string', ['batch']))
    const prepared = unwrap(prepare([model], ['kind']))
    const { output } = unwrap(prepared.bindings['m'])
    const { metrics, details } = unwrap(score(prepared, 'm', output, ['u', 'u', 'u', 'u']))
    expect(metrics).toMatchObject({ topOneAgreement: 0.75, maxAbsDifference: null })
    expect(details.parity?.worst).toMatchObject([{ row: 2, classes: ['v', 'u'] }])
  })

  it('count NaN against a number as disagreement, and leave distances undefined', () => {
    const prepared = unwrap(prepare([modelOf('m', scores('probs'))], ['y0', 'y1']))
    const { output } = unwrap(prepared.bindings['m'])
    const data = Float64Array.of(0.1, 0.9, NaN, 0.8, 0.3, 0.7)
    const { metrics, details, warnings } = unwrap(score(prepared, 'm', output, data))
    expect(metrics).toMatchObject({ maxAbsDifference: null, topOneAgreement: 2 / 3 })
    expect(details.parity?.worst).toMatchObject([{ row: 2, difference: null, answered: 'NaN' }])
    expect(details.parity?.differences).toMatchObject({ unsized: 1 })
    expect(warnings[0]).toContain('1 row of 3 rows has NaN or infinity')
  })

  it('are proposed where the data says that it holds them', () => {
    const recorded = { inputs: ['a', 'b'], outputs: ['y0', 'y1'] }
    const proposal = unwrap(
      proposeTask({ ...dataset.info, recorded }, [modelOf('m', scores('probs'))]),
    )
    expect(proposal).toMatchObject({
      kind: 'parity',
      metric: 'topOneAgreement',
      roles: { target: null, features: ['a', 'b'], reference: ['y0', 'y1'] },
    })
  })
})

function score(
  { rows, targets, labels }: PreparedTask,
  modelId: string,
  output: OutputBinding,
  data: Float64Array | readonly string[],
) {
  return parity.score({ modelId, rows, output, data, targets, labels })
}
