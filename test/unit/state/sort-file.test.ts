import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sortFile } from '../../../src/state/sort-file'

const model = readFileSync('public/demo/digits_mlp.onnx')
const policy = readFileSync('test/fixtures/policies/ppo_mlp.zip')
const table = readFileSync('public/demo/digits.csv')

describe('sortFile', () => {
  it.each([
    ['a.onnx', 'model'],
    ['A.ONNX', 'model'],
    ['a.csv', 'data'],
    ['a.b.tsv', 'data'],
    ['best_model.zip', 'model'],
    ['vec_normalize.pkl', 'normalisation'],
    ['rows.jsonl', 'data'],
    ['rows.json', 'data'],
    ['x.npy', 'data'],
    ['rows.csv.gz', 'data'],
    ['photo.jpg', 'unrecognised'],
    ['notes.md', 'unrecognised'],
  ])('sorts %s by its ending: %s', async (name, sort) => {
    expect(await sortFile(new File(['x,y\n1,2\n'], name))).toBe(sort)
  })

  it('tells a report from the statistics of a policy, and from any other page', async () => {
    const report = '{"schema":"bakeoff.report/1","models":[]}'
    const padding = ' '.repeat(100_000)
    expect(await sortFile(new File([report], 'r.json'))).toBe('report')
    expect(await sortFile(new File([`{"a":"${padding}",${report.slice(1)}`], 'r.json'))).toBe(
      'report',
    )
    const history = `{"schema":"bakeoff.history/1","comparisons":[{"report":${report}}]}`
    expect(await sortFile(new File([history], 'r.json'))).toBe('history')
    expect(await sortFile(new File(['{"mean":[0],"var":[1]}'], 'r.json'))).toBe('normalisation')
    expect(await sortFile(new File(['{}'], 'a_vec_normalize.json'))).toBe('normalisation')
    const page = '<!doctype html><meta name="bakeoff-schema" content="bakeoff.report/1">'
    expect(await sortFile(new File([page], 'r.html'))).toBe('report')
    expect(await sortFile(new File(['<!doctype html><p>bakeoff'], 'r.htm'))).toBe('unrecognised')
  })

  it('looks into files without a known ending', async () => {
    expect(await sortFile(new File([model], 'model'))).toBe('model')
    expect(await sortFile(new File([policy], 'best_model'))).toBe('model')
    expect(await sortFile(new File([table], 'rows.dat'))).toBe('data')
    expect(await sortFile(new File([new Uint8Array([0, 1, 2])], 'blob'))).toBe('unrecognised')
    expect(await sortFile(new File(['[{"a":1}]'], 'rows'))).toBe('data')
    expect(await sortFile(new File(['one line of prose'], 'README'))).toBe('unrecognised')
    expect(await sortFile(new File([], 'nothing'))).toBe('unrecognised')
  })

  it('knows data by its signature, whatever it is called', async () => {
    const tables = new URL('../../fixtures/tables/', import.meta.url)
    const bytes = (name: string) => new Uint8Array(readFileSync(new URL(name, tables)))
    for (const name of [
      ...['keras.npz', 'images.npy', 'people.csv.gz', 't10k-images-idx3-ubyte', 'heights.idx'],
    ]) {
      expect(await sortFile(new File([bytes(name)], 'model.onnx'))).toBe('data')
    }
    // Sizes that are not those of the file: raw weights may begin like an IDX file.
    const weights = new Uint8Array([...bytes('heights.idx'), 0])
    expect(await sortFile(new File([weights], 'weights'))).toBe('unrecognised')
  })
})
