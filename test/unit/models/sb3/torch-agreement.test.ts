import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readStateDict } from '../../../../src/models/sb3/torch-state-dict'
import { OnnxPolicy } from './onnx-policy'
import { policyBytes, readPolicy } from './read-policy'

interface Case {
  readonly observations: readonly (readonly number[])[]
  readonly answers: readonly (readonly number[])[]
}

interface Tensor {
  readonly shape: readonly number[]
  readonly values: readonly (number | string)[]
}

const { odd_tensors: oddTensors, ...cases } = JSON.parse(
  readFileSync(new URL('../../../reference/policies.torch.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Case>> & { readonly odd_tensors: Readonly<Record<string, Tensor>> }

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  for (const [index, value] of expected.entries()) {
    expect(Math.abs((actual[index] ?? NaN) - value)).toBeLessThan(
      2e-6 * Math.max(1, Math.abs(value)),
    )
  }
}

describe.each(Object.entries(cases))(
  '%s answers what PyTorch answers',
  (name, { observations, answers }) => {
    const width = observations[0]?.length ?? 0
    const values = Float32Array.from(observations.flat())

    it('bar by bar', async () => {
      const onnx = await OnnxPolicy.load(await readPolicy(`${name}.zip`))
      onnx.reset(1)
      for (const [t, answer] of answers.entries()) {
        const row = values.slice(t * width, (t + 1) * width)
        expectClose(await onnx.answer(row, [1, width]), answer)
      }
      await onnx.release()
    })

    it('as one batch or sequence', async () => {
      const policy = await readPolicy(`${name}.zip`)
      const onnx = await OnnxPolicy.load(policy, { form: 'sequence' })
      onnx.reset(1)
      const bars = observations.length
      const shape = policy.lstm === null ? [bars, width] : [bars, 1, width]
      expectClose(await onnx.answer(values, shape), answers.flat())
      await onnx.release()
    })

    it('as a sequence cut in the middle, where it keeps a state', async () => {
      const policy = await readPolicy(`${name}.zip`)
      const onnx = await OnnxPolicy.load(policy, { form: 'sequence' })
      const lead = policy.lstm === null ? [] : [1]
      onnx.reset(1)
      const first = await onnx.answer(values.slice(0, 7 * width), [7, ...lead, width])
      const rest = observations.length - 7
      const second = await onnx.answer(values.slice(7 * width), [rest, ...lead, width])
      expectClose([...first, ...second], answers.flat())
      await onnx.release()
    })
  },
)

describe('readStateDict', () => {
  const wanted = Object.keys(oddTensors)

  it('reads halves, doubles, strides, offsets and shared storages as PyTorch does', async () => {
    const bytes = policyBytes('odd_tensors.pth')
    const { names, tensors } = await readStateDict(bytes, (name) => wanted.includes(name))
    expect(names).toEqual([...wanted, 'counts'])
    for (const [name, { shape, values }] of Object.entries(oddTensors)) {
      expect(tensors.get(name)?.shape, name).toEqual(shape)
      expect([...(tensors.get(name)?.values ?? [])], name).toEqual(values.map(Number))
    }
    expect(tensors.get('double')?.values).toBeInstanceOf(Float64Array)
  })

  it('refuses what is not of floats', async () => {
    const read = readStateDict(policyBytes('odd_tensors.pth'), () => true)
    await expect(read).rejects.toThrow('torch.LongStorage')
  })

  it('refuses the form of old PyTorch by name', async () => {
    const read = readStateDict(Uint8Array.of(0x80, 2, 0x8a), () => true)
    await expect(read).rejects.toThrow('PyTorch before 1.6')
  })
})
