import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choicesWithin, inDataOrder } from '../../../src/state/choices-within'
import { closeNames } from '../../../src/state/close-names'
import { freeColour } from '../../../src/state/free-colour'
import { uniqueName } from '../../../src/state/unique-name'
import { cpuTime } from '../cpu-time'
import { datasetOf } from './context'

describe('uniqueName', () => {
  it('counts up past every taken name', () => {
    expect(uniqueName('a', [])).toBe('a')
    expect(uniqueName('a', ['a'])).toBe('a (2)')
    expect(uniqueName('a', ['a', 'a (2)', 'b'])).toBe('a (3)')
  })

  it('never answers a taken name', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (name, taken) => {
        const many = [...taken, name, `${name} (2)`]
        expect(many).not.toContain(uniqueName(name, many))
      }),
    )
  })
})

describe('freeColour', () => {
  it('fills the first gap, so that colours of the others stay', () => {
    expect(freeColour([])).toBe(0)
    expect(freeColour([0, 2, 1])).toBe(3)
    expect(freeColour([0, 2])).toBe(1)
  })
})

describe('closeNames', () => {
  it('finds slips of the keyboard, nearest first, whatever the case', () => {
    expect(closeNames('lable', ['label', 'table', 'px0'])).toEqual(['table', 'label'])
    expect(closeNames('ACCURACY', ['logLoss', 'accuracy'])).toEqual(['accuracy'])
  })

  it('offers nothing that is far, and no more than asked for', () => {
    expect(closeNames('species', ['px0', 'px1'])).toEqual([])
    expect(closeNames('px', ['px0', 'px1', 'px2', 'px3'], 2)).toEqual(['px0', 'px1'])
  })

  it('stays quick for long names and many columns', { timeout: 120_000 }, () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `${'x'.repeat(500)}${String(index)}`)
    const spent = cpuTime(() => {
      closeNames('y'.repeat(10_000), names)
    })
    // Every letter of one against every letter of the other would take a minute and more.
    expect(spent).toBeLessThan(5_000)
  })
})

describe('choicesWithin', () => {
  const dataset = datasetOf(['a', 'b', '__proto__'])

  it('keeps what the new dataset still has', () => {
    const choices = { kind: 'regression', target: 'b', features: ['a', '__proto__'] } as const
    expect(choicesWithin(choices, dataset)).toEqual(choices)
  })

  it('lets go of columns that are gone, and of them alone', () => {
    expect(
      choicesWithin({ metric: 'mae', target: 'gone', features: ['a', 'gone'] }, dataset),
    ).toEqual({ metric: 'mae' })
  })

  it('lets a missing target be proposed again', () => {
    expect(choicesWithin({ target: null }, dataset)).toEqual({})
  })
})

describe('inDataOrder', () => {
  it('orders by the file and leaves out strangers', () => {
    expect(inDataOrder(['b', 'x', 'a'], datasetOf(['a', 'b']))).toEqual(['a', 'b'])
  })
})
