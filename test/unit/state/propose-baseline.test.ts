import { expect, it } from 'vitest'
import { proposeBaseline } from '../../../src/state/propose-baseline'

const named = (...names: string[]) => proposeBaseline(names.map((name) => ({ name })))?.name ?? null

it('is the model whose name says so, the likeliest word first, else the first one', () => {
  expect(named('digits_cnn', 'digits_mlp')).toBe('digits_cnn')
  expect(named('challenger', 'Champion_w12')).toBe('Champion_w12')
  expect(named('best_model', 'champion')).toBe('champion')
  expect(named('new', 'previous-run', 'best')).toBe('best')
  expect(named('a', 'myBaseline')).toBe('myBaseline')
  expect(named()).toBeNull()
})
