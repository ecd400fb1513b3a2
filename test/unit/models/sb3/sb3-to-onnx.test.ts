import { describe, expect, it } from 'vitest'
import { describeShape } from '../../../../src/core/model'
import { readOnnx } from '../../../../src/models/read-onnx'
import { sb3ToOnnx, type OnnxOptions } from '../../../../src/models/sb3/sb3-to-onnx'
import { readPolicy } from './read-policy'

const STEP: OnnxOptions = { form: 'step', normalization: null }

async function header(fileName: string, options: OnnxOptions) {
  const outcome = readOnnx(sb3ToOnnx(await readPolicy(fileName), options), 'policy.onnx')
  if (!outcome.ok) throw new Error(outcome.failure.message)
  const { inputs, outputs, parameters, wasmOnly, producer } = outcome.value
  const shown = (values: typeof inputs) =>
    values.map(({ name, shape }) => `${name} ${describeShape(shape)}`)
  return { inputs: shown(inputs), outputs: shown(outputs), parameters, wasmOnly, producer }
}

describe('sb3ToOnnx makes models that Bakeoff reads', () => {
  it('of one step, with the states as inputs and outputs', async () => {
    expect(await header('stacked_lstm.zip', STEP)).toMatchObject({
      inputs: ['observation [batch, 5]', 'h [3, batch, 6]', 'c [3, batch, 6]'],
      outputs: ['logits [batch, 3]', 'h_out [3, batch, 6]', 'c_out [3, batch, 6]'],
      wasmOnly: null,
      producer: 'Bakeoff',
    })
  })

  it('of a sequence', async () => {
    expect(await header('continuous_lstm.zip', { ...STEP, form: 'sequence' })).toMatchObject({
      inputs: ['observation [time, batch, 5]', 'h [1, batch, 6]', 'c [1, batch, 6]'],
      outputs: ['action [time, batch, 2]', 'h_out [1, batch, 6]', 'c_out [1, batch, 6]'],
    })
  })

  it('of rows, in either form, without a state', async () => {
    const rows = { inputs: ['observation [batch, 5]'], outputs: ['action [batch, 2]'] }
    expect(await header('squashed.zip', STEP)).toMatchObject(rows)
    expect(await header('squashed.zip', { ...STEP, form: 'sequence' })).toMatchObject(rows)
    expect(await header('one_hot.zip', STEP)).toMatchObject({ inputs: ['observation [batch, 1]'] })
  })

  it('that need WASM where they normalise in float64', async () => {
    const ones = new Float64Array(5).fill(1)
    const normalization = { mean: ones, variance: ones, epsilon: 1e-8, clip: 10 }
    const { wasmOnly } = await header('mlp_elu.zip', { ...STEP, normalization })
    expect(wasmOnly).toContain('float64')
  })
})
