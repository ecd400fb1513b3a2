import { describe, expect, it } from 'vitest'
import { checkpointModels } from '../../../src/core/checkpoint-models'
import { checkCheckpoints, checkpointSets, describeStrays } from '../../../src/core/checkpoint-sets'
import { makeModel } from '../tasks/make-model'

describe('checkpointSets', () => {
  const models = (...names: readonly string[]) => names.map((name) => ({ name }))

  it('finds one checkpoint per window, in order', () => {
    const given = models('a_w001', 'b', 'a_w000', 'c_w000', 'd_w000', 'd_w002', 'a_w002')
    const { sets, single } = checkpointSets(given)
    expect(sets).toEqual([{ name: 'a', checkpoints: models('a_w000', 'a_w001', 'a_w002') }])
    expect(single).toEqual(models('b', 'c_w000', 'd_w000', 'd_w002'))
  })

  it('leaves a number that occurs twice alone', () => {
    const { sets, single } = checkpointSets(models('a_w000', 'a_w001', 'a_w01'))
    expect(sets).toHaveLength(1)
    expect(single).toEqual(models('a_w01'))
  })

  it('holds a set against the windows', () => {
    const [set] = checkpointSets(models('a_w000', 'a_w001')).sets
    if (set === undefined) throw new Error('no set')
    expect(checkCheckpoints(set, 2).ok).toBe(true)
    const few = checkCheckpoints(set, 4)
    expect(few.ok ? '' : few.failure.message).toBe('"a" has 2 checkpoints for 4 windows.')
    expect(few.ok ? '' : few.failure.advice).toContain('from a_w002 on')
    const many = checkCheckpoints(set, 1)
    expect(many.ok ? '' : many.failure.advice).toContain('Remove the checkpoints from a_w001 on')
    const none = checkCheckpoints(set, 0)
    expect(none.ok ? '' : none.failure.message).toContain('no windows are set')
    expect(none.ok ? '' : none.failure.advice).toContain('Set 2 walk-forward windows')
  })

  it('names what is missing from a set', () => {
    expect(describeStrays(models('a_w000', 'a_w002', 'a_w004', 'b', 'c_w003'))).toEqual([
      'The checkpoints of "a" are compared as models of their own: a_w001 and a_w003 are missing.',
    ])
    expect(describeStrays(models('a_w000', 'a_w001', 'b_w000'))).toEqual([])
  })
})

describe('checkpointModels', () => {
  const model = (name: string) => ({
    ...makeModel(name, [], []),
    sha256: name,
    bytes: name.length,
  })

  it('makes one model of the checkpoints of a policy, where the first one stood', () => {
    const given = ['a', 'b_w001', 'b_w000', 'c'].map(model)
    const found = checkpointModels(given)
    expect(found.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
    expect(found[1]?.checkpoints?.map(({ name }) => name)).toEqual(['b_w000', 'b_w001'])
    expect(found[1]?.sha256).toMatch(/^[0-9a-f]{64}$/)
    const other = checkpointModels([model('b_w000'), { ...model('b_w001'), sha256: 'x' }])
    expect(other[0]?.sha256).not.toBe(found[1]?.sha256)
  })

  it('leaves them apart where their name is taken', () => {
    const given = ['b', 'b_w000', 'b_w001'].map(model)
    expect(checkpointModels(given)).toEqual(given)
  })
})
