import { Tensor } from 'onnxruntime-common'
import { describe, expect, it } from 'vitest'
import { AnswerSink } from '../../../../workers/evaluator/answer-sink'

describe('AnswerSink', () => {
  it('joins batches and cuts padding off', () => {
    const sink = new AnswerSink({ kind: 'scores', output: 'y', width: 2 }, 3)
    expect(sink.add([new Tensor('float32', Float32Array.of(1, 2, 3, 4), [2, 2])], 2, 2)).toBeNull()
    expect(sink.add([new Tensor('float32', Float32Array.of(5, 6, 9, 9), [2, 2])], 2, 1)).toBeNull()
    expect(sink.take()).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6))
    expect(sink.take()).toHaveLength(0)
  })

  it('gives each chunk a buffer that the sink does not write to again', () => {
    const sink = new AnswerSink({ kind: 'value', output: 'y', width: 1 }, 4)
    sink.add([new Tensor('float32', Float32Array.of(1, 2), [2])], 2, 2)
    const first = sink.take()
    sink.add([new Tensor('float32', Float32Array.of(3, 4), [2])], 2, 2)
    expect(first).toEqual(Float32Array.of(1, 2))
    expect(sink.take()).toEqual(Float32Array.of(3, 4))
  })

  it('gives only the rows that were finished', () => {
    const sink = new AnswerSink({ kind: 'value', output: 'y', width: 1 }, 100)
    sink.add([new Tensor('float64', Float64Array.of(1.5, 2.5), [2])], 2, 2)
    expect(sink.take()).toEqual(Float64Array.of(1.5, 2.5))
  })

  it('reads integer and text labels', () => {
    const integers = new AnswerSink({ kind: 'label', output: 'y', width: 1 }, 2)
    integers.add([new Tensor('int64', BigInt64Array.of(7n, -1n), [2])], 2, 2)
    expect(integers.take()).toEqual(Float64Array.of(7, -1))
    const texts = new AnswerSink({ kind: 'label', output: 'y', width: 1 }, 2)
    texts.add([new Tensor('string', ['a', 'b', 'b'], [3])], 3, 2)
    expect(texts.take()).toEqual(['a', 'b'])
  })

  it('puts the outputs of a row side by side', () => {
    const parts = [
      { output: 'label', counterpart: 'label', width: 1, kind: 'labels', type: 'int64' },
      { output: 'scores', counterpart: 'scores', width: 2, kind: 'values', type: 'float32' },
    ] as const
    const sink = new AnswerSink({ kind: 'outputs', output: 'label', width: 3, parts }, 3)
    const labels = new Tensor('int64', BigInt64Array.of(7n, 8n), [2])
    const scores = new Tensor('float32', Float32Array.of(1, 2, 3, 4), [2, 2])
    expect(sink.add([labels, scores], 2, 2)).toBeNull()
    const more = [new Tensor('int64', BigInt64Array.of(9n, 0n), [2]), scores]
    expect(sink.add(more, 2, 1)).toBeNull()
    expect(sink.take()).toEqual(Float64Array.of(7, 1, 2, 8, 3, 4, 9, 1, 2))
    expect(sink.add([labels, labels], 2, 2)).toContain('4 were expected')
  })

  it('says what it got where the number of answers is wrong', () => {
    const sink = new AnswerSink({ kind: 'scores', output: 'y', width: 10 }, 4)
    expect(sink.add([new Tensor('float32', new Float32Array(12), [4, 3])], 4, 4)).toBe(
      'answered 12 numbers [4, 3] to 4 rows, 40 were expected',
    )
  })
})
