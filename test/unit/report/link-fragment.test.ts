import { deflateSync, strFromU8, strToU8 } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentHash } from '../../../src/core/content-hash'
import { FRAGMENT_CHARACTERS, readFragment, writeFragment } from '../../../src/report/link-fragment'

function refusal(fragment: string): string {
  const outcome = readFragment(fragment)
  if (outcome === null) return 'no link'
  return outcome.ok ? 'read' : `${outcome.failure.code}: ${outcome.failure.message}`
}

/** A fragment of these very bytes, with the check that fits them. */
function fragmentOf(bytes: Uint8Array, packed = deflateSync(bytes)): string {
  const data = btoa(strFromU8(packed, true))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
  return `#result/1/${data}.${contentHash(bytes).slice(0, 8)}`
}

describe('link fragments', () => {
  it('carry any JSON there and back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('result', 'comparison'), (document, kind) => {
        const written = writeFragment(kind, document)
        fc.pre(written.length <= FRAGMENT_CHARACTERS)
        expect(written).toMatch(/^#[\w/.-]+$/)
        const read = readFragment(written)
        expect(read).toEqual({
          ok: true,
          value: { kind, document: JSON.parse(JSON.stringify(document)) as unknown },
        })
      }),
    )
  })

  it('L85 a changed, cut or lengthened link is refused, never read as something else', () => {
    const document = { accuracy: 0.9841269841269841, name: 'digits_cnn' }
    const written = writeFragment('result', document)
    const same = { ok: true, value: { kind: 'result', document } }
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: written.length - 1 }),
        fc.constantFrom('a', '0', '-', ''),
        (at, character) => {
          const changed = written.slice(0, at) + character + written.slice(at + 1)
          // The last bits of base64 may carry nothing: then it is the same document.
          const read = readFragment(changed)
          if (read?.ok === true) expect(read).toEqual(same)
          else expect(refusal(changed)).toMatch(/^link-(invalid|version)/)
        },
      ),
      { numRuns: 500 },
    )
    for (let length = 12; length < written.length; length++) {
      expect(refusal(written.slice(0, length))).toContain('link-invalid')
    }
  })

  it('L85 unknown versions, huge fragments and bombs are refused by reason', () => {
    const written = writeFragment('result', {})
    expect(refusal(written.replace('/1/', '/2/'))).toBe(
      'link-version: This link is of version 2; this version of Bakeoff reads version 1.',
    )
    expect(refusal(`#result/1/${'A'.repeat(10_000_000)}.00000000`)).toBe(
      'link-too-large: This link carries 10\u202f000\u202f018 characters; a link of Bakeoff has up to 16\u202f384.',
    )
    const bomb = strToU8(JSON.stringify('0'.repeat(8_000_000)))
    const fragment = fragmentOf(bomb, deflateSync(bomb, { level: 9 }))
    expect(fragment.length).toBeLessThan(FRAGMENT_CHARACTERS)
    expect(refusal(fragment)).toBe(
      'link-too-large: This link unpacks to more than 1.0 MB, which no link of Bakeoff does.',
    )
  })

  it('L85 garbage behind # is refused, an anchor is none of ours', () => {
    expect(refusal('#javascript:alert(1)')).toContain('link-invalid')
    expect(refusal('#result/1/!!!.00000000')).toContain('link-invalid')
    expect(refusal(`#${'x'.repeat(65)}`)).toContain('link-invalid')
    expect(refusal(fragmentOf(strToU8('{"a":')))).toContain('it carries no JSON')
    expect(refusal('#main')).toBe('no link')
    expect(refusal('')).toBe('no link')
  })

  it('stops on arbitrary text', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', 'result/1/', 'comparison/1/'), (text, head) => {
        expect(refusal(`#${head}${text}`)).not.toBe('read')
      }),
    )
  })
})
