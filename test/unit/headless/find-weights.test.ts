import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findWeights } from '../../../src/headless/find-weights'

const root = mkdtempSync(join(tmpdir(), 'weights-'))
const folder = join(root, 'a')
mkdirSync(join(folder, 'parts'), { recursive: true })
mkdirSync(join(root, 'b'))
writeFileSync(join(root, 'secret'), 'secret')
writeFileSync(join(folder, 'w.bin'), '12345')
writeFileSync(join(folder, 'parts', 'out'), '123')
writeFileSync(join(root, 'b', 'w.bin'), '1')
symlinkSync(join(root, 'secret'), join(folder, 'link'))
symlinkSync(join(folder, 'w.bin'), join(folder, 'same'))
afterAll(() => {
  rmSync(root, { recursive: true })
})

function found(...models: readonly (readonly [string, readonly string[]])[]) {
  const failures = models.map(([path, wanted]) => ({
    fileName: 'm.onnx',
    failure: { code: 'weights-absent' as const, message: path, advice: '', wanted },
  }))
  const { paths, bytes } = findWeights(
    { failures },
    models.map(([path]) => join(root, path)),
  )
  return [...paths.map((path) => path.slice(root.length + 1)), bytes]
}

describe('findWeights', () => {
  it('finds files beside a model and below its folder', () => {
    expect(found(['a/m.onnx', ['w.bin', 'parts/out']])).toEqual(['a/w.bin', 'a/parts/out', 8])
    expect(found(['a/m.onnx', ['same']])).toEqual(['a/same', 5])
  })

  it.each(['../secret', '/etc/passwd', 'link', 'parts', 'absent', '../b/w.bin', 'w.bin\0'])(
    'does not find %j',
    (wanted) => {
      expect(found(['a/m.onnx', [wanted]])).toEqual([0])
    },
  )

  it('gives neither of two models a file where the names are equal and the files are not', () => {
    const outcome = findWeights(
      {
        failures: ['a.onnx', 'b.onnx'].map((fileName) => ({
          fileName,
          failure: { code: 'weights-absent', message: '', advice: '', wanted: ['w.bin'] },
        })),
      },
      [join(root, 'a', 'a.onnx'), join(root, 'b', 'b.onnx')],
    )
    expect(outcome.paths).toEqual([])
  })
})
