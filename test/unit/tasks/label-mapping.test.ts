import { describe, expect, it } from 'vitest'
import type { OutputBinding } from '../../../src/core/task'
import { mapLabels, type ReadModel } from '../../../src/tasks/label-mapping'
import { readLabels, type DataLabels } from '../../../src/tasks/read-labels'
import { targetColumn } from '../../../src/tasks/target-column'
import { makeDataset, type Cell } from './make-dataset'
import { makeModel } from './make-model'

function labelsOf(cells: readonly Cell[]): DataLabels {
  const outcome = readLabels(targetColumn(makeDataset([['t', cells]]), null, 0))
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

function scores(width: number, own: readonly string[] | null = null, id = 'm'): ReadModel {
  const output: OutputBinding = { kind: width === 1 ? 'binary' : 'scores', output: 'y', width }
  return { model: makeModel(id, [], [], own), output }
}

const labelOnly: ReadModel = {
  model: makeModel('l', [], [], ['other', 'names']),
  output: { kind: 'label', output: 'y', width: 1 },
}

function classes(cells: readonly Cell[], ...models: ReadModel[]) {
  const { mapping, failures } = mapLabels(labelsOf(cells), models)
  return { classes: mapping.classes, failed: [...failures.keys()] }
}

describe('readLabels', () => {
  it('sorts texts by code point and keeps the rows', () => {
    const labels = labelsOf(['b', 'a', 'Z', 'é', 'b', '\u{1F600}', '\uFFFD'])
    expect(labels.labels).toEqual(['Z', 'a', 'b', 'é', '\uFFFD', '\u{1F600}'])
    expect([...labels.codes]).toEqual([2, 1, 0, 3, 2, 5, 4])
  })

  it('sorts whole numbers by size; -0 is 0', () => {
    const labels = labelsOf([10, 9, -1, 0, -0])
    expect(labels).toMatchObject({ kind: 'integer', labels: ['-1', '0', '9', '10'] })
    expect([...labels.codes]).toEqual([3, 2, 0, 1, 1])
  })

  it('counts only labels of used rows', () => {
    const dataset = makeDataset([['t', ['a', 'b', 'c']]])
    const outcome = readLabels(targetColumn(dataset, Uint32Array.of(0, 2), 0))
    expect(outcome).toMatchObject({ ok: true, value: { labels: ['a', 'c'] } })
  })

  it('H68 refuses fractions and too many labels', () => {
    const read = (cells: readonly Cell[]) =>
      readLabels(targetColumn(makeDataset([['t', cells]]), null, 0))
    expect(read([1, 2.5])).toMatchObject({
      failure: { code: 'target-unusable', advice: expect.stringContaining('regression') },
    })
    const many = Array.from({ length: 10_001 }, (_, i) => i)
    expect(read(many)).toMatchObject({ failure: { code: 'target-unusable' } })
    expect(read(many.slice(1)).ok).toBe(true)
  })
})

describe('mapLabels', () => {
  it('reads integers below the number of scores as positions, absent ones included', () => {
    expect(classes([0, 3], scores(5))).toEqual({ classes: ['0', '1', '2', '3', '4'], failed: [] })
    expect(classes([1], scores(1)).classes).toEqual(['0', '1'])
  })

  it('sorts other integers and texts where their number is right', () => {
    expect(classes([10, 2, 30], scores(3)).classes).toEqual(['2', '10', '30'])
    expect(classes([-1, 1], scores(1)).classes).toEqual(['-1', '1'])
    expect(classes(['no', 'Yes'], scores(1)).classes).toEqual(['Yes', 'no'])
  })

  it('fails a model with fewer scores than labels, with both counts', () => {
    const { failures } = mapLabels(labelsOf(['a', 'b', 'c']), [scores(2)])
    expect(failures.get('m')?.message).toBe(
      'm.onnx tells 2 classes apart, and the target "t" has 3 different labels.',
    )
  })

  it('does not guess which of more scores are those of the labels', () => {
    expect(classes(['a', 'b'], scores(3)).failed).toEqual(['m'])
    expect(classes([1, 7], scores(3)).failed).toEqual(['m'])
  })

  it("takes the model's own order, and its labels that the data lacks", () => {
    const own = ['c', 'a', 'b']
    expect(classes(['a', 'b'], scores(3, own))).toEqual({ classes: own, failed: [] })
    expect(classes([1, 2], scores(3, ['2.0', ' 1', '3'])).classes).toEqual(['2', '1', '3'])
  })

  it('fails a model that names other classes than the data has', () => {
    const { failures } = mapLabels(labelsOf(['a', 'd']), [scores(2, ['a', 'b'])])
    expect(failures.get('m')).toMatchObject({ code: 'label-mapping' })
    expect(failures.get('m')?.message).toContain('"d"')
    expect(classes([0, 1], scores(2, ['1', '2'])).failed).toEqual(['m'])
  })

  it('reads encoded names as positions of sorted texts', () => {
    expect(classes(['b', 'a'], scores(2, ['0', '1']))).toEqual({ classes: ['a', 'b'], failed: [] })
  })

  it('fails the minority where models disagree on the order', () => {
    const a = scores(2, null, 'a')
    const b = scores(2, ['x', 'y'], 'b')
    const c = scores(2, ['y', 'x'], 'c')
    expect(classes(['x', 'y'], c, a, b)).toEqual({ classes: ['x', 'y'], failed: ['c'] })
    expect(classes(['x', 'y'], c, b)).toEqual({ classes: ['y', 'x'], failed: ['b'] })
    expect(classes([0, 1], scores(2), scores(3, null, 'wide')).failed).toEqual(['wide'])
  })

  it('lets models that answer with labels fit any classes', () => {
    expect(classes(['b', 'a'], labelOnly)).toEqual({ classes: ['a', 'b'], failed: [] })
  })

  it('G60 says where the order comes from', () => {
    const source = (cells: readonly Cell[], model: ReadModel) =>
      mapLabels(labelsOf(cells), [model]).mapping.source
    expect(source(['b', 'a'], scores(2))).toContain('LabelEncoder')
    expect(source(['b', 'a'], scores(2, ['b', 'a']))).toContain('m.onnx')
    expect(source([0, 1], scores(2))).toContain('label i of "t"')
  })
})
