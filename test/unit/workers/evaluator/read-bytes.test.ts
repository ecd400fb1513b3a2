import { describe, expect, it } from 'vitest'
import type { LoadRequest } from '../../../../src/contract/evaluator'
import { readBytes } from '../../../../workers/evaluator/read-bytes'

/** A file at whose bytes the browser answers with an error. */
function refused(name: string): Blob {
  const file = new Blob(['weights'])
  Object.defineProperty(file, 'arrayBuffer', {
    value: () => Promise.reject(new DOMException('refused', name)),
  })
  return file
}

const read = (file: Blob) => readBytes({ file, name: 'champion' } as unknown as LoadRequest)

describe('readBytes', () => {
  it('gives the bytes of a model', async () => {
    expect(await read(new Blob([Uint8Array.of(1, 2)]))).toEqual({
      ok: true,
      value: { graph: Uint8Array.of(1, 2), external: [] },
    })
  })

  it.each([
    ['NotReadableError', 'it was moved, changed or deleted since it was added.'],
    ['NotFoundError', 'it was moved, changed or deleted since it was added.'],
    ['NotAllowedError', 'the permission to read it was taken back.'],
  ])('N88 says of a model why it can no longer be read: %s', async (error, reason) => {
    expect(await read(refused(error))).toMatchObject({
      failure: {
        code: 'file-unreadable',
        message: `champion (7 B) could not be read: ${reason}`,
        detail: 'refused',
      },
    })
  })
})
