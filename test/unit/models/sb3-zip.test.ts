import { describe, expect, it } from 'vitest'
import { contentHash } from '../../../src/core/content-hash'
import { readModel } from '../../../src/models/read-model'
import { utf8, zipFile } from '../../fixtures/zip-builder'
import { policyBytes } from './sb3/read-policy'

const file = (name: string) => new File([policyBytes(name)], name)

function sideCar(width: number, mean = 0): File {
  const statistics = { mean: Array(width).fill(mean), var: Array(width).fill(1) }
  return new File([JSON.stringify(statistics)], 'vecnormalize.json')
}

async function read(...parameters: Parameters<typeof readModel>) {
  const outcome = await readModel(...parameters)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

describe('readModel of a zip', () => {
  it('reads a policy, with bytes and hash of the zip and a graph to run', async () => {
    const bytes = policyBytes('champion_lstm.zip')
    const { header, runnable } = await read(file('champion_lstm.zip'))
    expect(header).toMatchObject({
      name: 'champion_lstm',
      fileName: 'champion_lstm.zip',
      format: 'sb3-zip',
      bytes: bytes.length,
      sha256: contentHash(bytes),
      policy: { axes: 'time,batch', observationWidth: 12, actionCount: 4 },
    })
    expect(header.producer).toMatch(/^stable-baselines3 2\.9\S* · RecurrentPPO$/)
    expect(header.warnings[0]).toContain('VecNormalize')
    const graph = await read(Object.assign(runnable, { name: 'graph.onnx' }))
    expect(graph.header).toMatchObject({ format: 'onnx', policy: header.policy })
    expect(header.parameters).toBeLessThanOrEqual(graph.header.parameters)
  })

  it('F55 goes by the content, whatever the name', async () => {
    const named = new File([policyBytes('ppo_mlp.zip')], 'policy.onnx')
    const { header } = await read(named)
    expect(header).toMatchObject({ format: 'sb3-zip', policy: { states: [], axes: 'batch' } })
    expect(header.producer).toMatch(/PPO$/)
  })

  it.each([
    ['continuous_lstm.zip', 'acts with 2 numbers at a time'],
    ['squashed.zip', 'acts with 2 numbers at a time'],
  ])('refuses %s by name', async (name, words) => {
    const outcome = await readModel(file(name))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'model-unsupported' } })
    if (!outcome.ok) expect(outcome.failure.message).toContain(words)
  })

  it('refuses another archive as foreign', async () => {
    const other = new File([zipFile([{ name: 'sheet.xml', bytes: utf8('<x/>') }])], 'table.xlsx')
    expect(await readModel(other)).toMatchObject({ failure: { code: 'model-foreign' } })
  })
})

describe('readModel with statistics of VecNormalize', () => {
  it('puts them in front of the policy, says so, and changes the hash', async () => {
    const plain = await read(file('champion_lstm.zip'))
    const zero = await read(file('champion_lstm.zip'), sideCar(12))
    const one = await read(file('champion_lstm.zip'), sideCar(12, 1))
    expect(zero.header.warnings[0]).toMatch(/normalised with .*"vecnormalize.json".*±10/)
    expect(zero.header.policy).toEqual(plain.header.policy)
    expect(new Set([plain, zero, one].map(({ header }) => header.sha256)).size).toBe(3)
    const graphs = await Promise.all(
      [plain, zero, one].map(({ runnable }) => runnable.arrayBuffer()),
    )
    expect(new Set(graphs.map((graph) => contentHash(new Uint8Array(graph)))).size).toBe(3)
  })

  it('refuses statistics of another width, and ONNX models', async () => {
    const narrow = await readModel(file('champion_lstm.zip'), sideCar(10))
    expect(narrow).toMatchObject({ failure: { code: 'input-shape' } })
    const onnx = await readModel(file('champion_lstm.onnx'), sideCar(12))
    expect(onnx).toMatchObject({ failure: { code: 'setting-invalid' } })
  })
})
