import { expect, it } from 'vitest'
import { ANY_LABELS, labelsToAgree } from '../../../src/state/labels-to-agree'

const alike = { sentence: '"1" and "1.0" look alike.', key: 'abc' }

it('G60 holds an agreement to the labels that it was given for', () => {
  expect(labelsToAgree(undefined, {})).toBeNull()
  const isAgreed = (distinctLabels: string | null) =>
    labelsToAgree(alike, { distinctLabels })?.isAgreed
  expect(labelsToAgree(alike, {})?.isAgreed).toBe(false)
  expect(isAgreed(null)).toBe(false)
  expect(isAgreed('abc')).toBe(true)
  expect(isAgreed('other')).toBe(false)
  expect(isAgreed(ANY_LABELS)).toBe(true)
})
