import { fromBinary } from '@bufbuild/protobuf'
import { readFileSync } from 'node:fs'
import { ModelProtoSchema } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { openOnnx } from '../../../src/models/read-onnx'
import { attribute, DataType, model, node, value, type Node } from '../../fixtures/onnx-builder'

const fixture = (path: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/${path}.onnx`, import.meta.url)))

function open(bytes: Uint8Array) {
  const opened = openOnnx(bytes, 'model.onnx')
  if (!opened.ok) throw new Error(opened.failure.message)
  return opened.value
}

const zipMap = (input: string, output: string, classes = [4, 2]) =>
  node('ZipMap', [input], [output], [attribute.ints('classlabels_int64s', classes)], 'ai.onnx.ml')
const sequence = (name: string) => ({
  name,
  type: { value: { case: 'sequenceType' as const, value: {} } },
})

function withMaps(
  nodes: readonly Node[],
  outputs: Parameters<typeof model>[0]['outputs'],
): Uint8Array {
  const inputs = [value('x', DataType.FLOAT, ['N', 2])]
  return model({ nodes: [node('Relu', ['x'], ['scores']), ...nodes], inputs, outputs, mlOpset: 3 })
}

describe('a ZipMap at the end of a graph', () => {
  it('is cut: its scores come out as a tensor, its labels name them', () => {
    const { header, rewritten } = open(fixture('models/cancer_zipmap'))
    expect(header.outputs.at(-1)).toEqual({
      ...{ name: 'probabilities', type: 'float32', isTensor: true },
      shape: [null, 2],
    })
    expect(header).toMatchObject({ classLabels: ['0', '1'], warnings: [] })
    expect(header.notes).toEqual([
      'ZipMap is cut from the graph: "probabilities" is read as a tensor.',
    ])
    expect(header.operators.map(({ type }) => type)).not.toContain('ZipMap')
    expect(rewritten).not.toBeNull()
  })

  it('changes nothing else of the graph', () => {
    const bytes = fixture('exports/iris_forest')
    const before = fromBinary(ModelProtoSchema, bytes)
    const after = fromBinary(ModelProtoSchema, open(bytes).rewritten ?? new Uint8Array())
    const nodes = before.graph?.node.filter(({ opType }) => opType !== 'ZipMap')
    expect(after.graph?.node).toEqual(nodes)
    expect(after.graph?.input).toEqual(before.graph?.input)
    expect(after.opsetImport).toEqual(before.opsetImport)
  })

  it('speaks for its classes, whatever the classifier before it counts', () => {
    const labels = attribute.ints('classlabels_int64s', [0, 1])
    const counts = node('LinearClassifier', ['x'], ['label', 'raw'], [labels], 'ai.onnx.ml')
    const { header } = open(withMaps([counts, zipMap('scores', 'map')], [sequence('map')]))
    expect(header.classLabels).toEqual(['4', '2'])
  })

  it('lets a model go to WebGPU that has nothing else of ai.onnx.ml', () => {
    const { header } = open(withMaps([zipMap('scores', 'map')], [sequence('map')]))
    expect(header).toMatchObject({ wasmOnly: null, outputs: [{ name: 'scores' }] })
  })

  it('is left out where its scores are an output already', () => {
    const outputs = [sequence('map'), value('scores', DataType.FLOAT, ['N', 2])]
    const { header } = open(withMaps([zipMap('scores', 'map')], outputs))
    expect(header.outputs.map(({ name, shape }) => [name, shape])).toEqual([['scores', ['N', 2]]])
  })

  it('gives scores once that two maps are made of', () => {
    const maps = [zipMap('scores', 'a'), zipMap('scores', 'b')]
    const { header } = open(withMaps(maps, [sequence('a'), sequence('b')]))
    expect(header.outputs.map(({ name }) => name)).toEqual(['scores'])
  })

  it('stays where another node reads its map', () => {
    const identity = node('Identity', ['map'], ['copy'])
    const nodes = [zipMap('scores', 'map'), identity]
    const outputs = [sequence('copy'), sequence('map'), value('scores', DataType.FLOAT, ['N', 2])]
    const { header, rewritten } = open(withMaps(nodes, outputs))
    expect(rewritten).toBeNull()
    expect(header.warnings[0]).toContain('"copy", "map"')
    expect(header.wasmOnly).toContain('ZipMap')
  })
})
