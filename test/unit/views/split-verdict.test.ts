import { describe, expect, it } from 'vitest'
import { splitVerdict } from '../../../src/views/split-verdict'

describe('splitVerdict', () => {
  it('takes the first sentence apart from what follows', () => {
    expect(
      splitVerdict('a.v2 leads b by 0.5 points. b and c cannot be told apart. So it is.'),
    ).toEqual({
      first: 'a.v2 leads b by 0.5 points.',
      rest: 'b and c cannot be told apart. So it is.',
    })
  })

  it('leaves a single sentence whole', () => {
    const verdict = 'digits_cnn reaches 0.95 accuracy on 75 rows.'
    expect(splitVerdict(verdict)).toEqual({ first: verdict, rest: '' })
  })
})
