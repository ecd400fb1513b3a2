import { describe, expect, it } from 'vitest'
import { bundleFolder } from '../../../../src/core/folder-bundle'
import type { Dataset } from '../../../../src/core/dataset'
import type { Outcome } from '../../../../src/core/failure'
import { readDataset } from '../../../../src/data/read-dataset'
import { floatFile, tensorFile } from '../../../fixtures/test-data-builder'

function read(files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>): Promise<Outcome<Dataset>> {
  const parts = Object.entries(files).map(([path, bytes]) => ({ path, file: new Blob([bytes]) }))
  return readDataset(bundleFolder('resnet', parts), 'd', () => undefined)
}

async function valueOf(outcome: Promise<Outcome<Dataset>>): Promise<Dataset> {
  const read = await outcome
  if (!read.ok) throw new Error(read.failure.message)
  return read.value
}

const values = ({ chunks }: Dataset, column: number): number[] =>
  chunks.flatMap(({ columns }) => {
    const cells = columns[column]
    return cells === undefined || cells.kind === 'text' ? [] : [...cells.values]
  })

describe('an ONNX test-data folder', () => {
  it('becomes rows of inputs and recorded outputs, set after set by number', async () => {
    const dataset = await valueOf(
      read({
        'resnet/test_data_set_10/input_0.pb': floatFile('pixels', [1, 2, 2], [9, 9, 9, 9]),
        'resnet/test_data_set_10/output_0.pb': floatFile('scores', [1, 3], [7, 8, 9]),
        'resnet/test_data_set_2/input_0.pb': floatFile(
          'pixels',
          [2, 2, 2],
          [1, 2, 3, 4, 5, 6, 7, 8],
        ),
        'resnet/test_data_set_2/output_0.pb': floatFile('scores', [2, 3], [1, 2, 3, 4, 5, 6]),
      }),
    )
    expect(dataset.info).toMatchObject({
      name: 'resnet',
      rows: 3,
      columns: [
        { name: 'pixels', type: 'tensor', shape: [2, 2] },
        { name: 'scores', type: 'tensor', shape: [3] },
      ],
      recorded: { inputs: ['pixels'], outputs: ['scores'] },
    })
    expect(values(dataset, 0)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9])
    expect(values(dataset, 1)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('G64 takes a set for one row, by its number, where its tensors have no rows in common', async () => {
    const dataset = await valueOf(
      read({
        'm/test_data_set_0/input_0.pb': floatFile('', [2, 3], [1, 2, 3, 4, 5, 6]),
        'm/test_data_set_0/input_1.pb': tensorFile({ dataType: 7, dims: [], int64Data: [4n] }),
        'm/test_data_set_0/output_0.pb': floatFile('', [3], [1, 2, 3]),
      }),
    )
    expect(dataset.info).toMatchObject({
      rows: 1,
      columns: [
        { name: 'input_0', type: 'tensor', shape: [2, 3] },
        { name: 'input_1', type: 'integer' },
        { name: 'output_0', type: 'tensor', shape: [3] },
      ],
      recorded: { inputs: ['input_0', 'input_1'], outputs: ['output_0'] },
    })
  })

  it('reads one text or number per row as a plain column', async () => {
    const texts = ['a', 'b'].map((text) => new TextEncoder().encode(text))
    const dataset = await valueOf(
      read({
        'm/test_data_set_0/input_0.pb': floatFile('x', [2], [1.5, 2.5]),
        'm/test_data_set_0/output_0.pb': tensorFile({
          name: 'label',
          dataType: 8,
          dims: [2n],
          stringData: texts,
        }),
      }),
    )
    expect(dataset.info.columns).toMatchObject([
      { name: 'x', type: 'number' },
      { name: 'label', type: 'text', distinct: 2 },
    ])
    expect(dataset.dictionaries[1]).toEqual(['a', 'b'])
  })

  it.each<[string, Readonly<Record<string, Uint8Array<ArrayBuffer>>>, string]>([
    [
      'a damaged tensor, by its path',
      { 'm/test_data_set_0/input_0.pb': floatFile('x', [3], [1]) },
      '"m/test_data_set_0/input_0.pb" declares (3,), 3 elements, and holds 1.',
    ],
    [
      'a set without a tensor that another has',
      {
        'm/test_data_set_0/input_0.pb': floatFile('x', [1], [1]),
        'm/test_data_set_1/input_1.pb': floatFile('y', [1], [1]),
      },
      '"resnet" does not hold "input_0.pb" exactly once in every set.',
    ],
    [
      'shapes that differ between sets',
      {
        'm/test_data_set_0/input_0.pb': floatFile('x', [1, 2], [1, 2]),
        'm/test_data_set_1/input_0.pb': floatFile('x', [1, 3], [1, 2, 3]),
      },
      '"resnet" holds "x" as (1, 2) in one set and as (1, 3) in another.',
    ],
  ])('refuses %s', async (_, files, message) => {
    const outcome = await read(files)
    expect(outcome.ok ? null : outcome.failure.message).toBe(message)
  })
})
