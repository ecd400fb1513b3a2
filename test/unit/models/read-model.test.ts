import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readModel } from '../../../src/models/read-model'

describe('readModel', () => {
  it('reads a dropped file', async () => {
    const bytes = new Uint8Array(readFileSync('public/demo/digits_mlp.onnx'))
    const outcome = await readModel(new File([bytes], 'digits_mlp.onnx'))
    expect(outcome).toMatchObject({
      value: { header: { name: 'digits_mlp', parameters: 3738, policy: null } },
    })
  })

  it('refuses by size before reading', async () => {
    const file = Object.assign(new Blob([]), { name: 'huge.onnx' })
    Object.defineProperty(file, 'size', { value: 2 ** 31 })
    expect(await readModel(file)).toMatchObject({ failure: { code: 'file-too-large' } })
  })

  it('says when the file cannot be read', async () => {
    const file = Object.assign(new Blob(['x']), { name: 'gone.onnx' })
    Object.defineProperty(file, 'arrayBuffer', {
      value: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
    })
    const outcome = await readModel(file)
    expect(outcome).toMatchObject({ failure: { code: 'file-unreadable', detail: 'gone' } })
  })
})
