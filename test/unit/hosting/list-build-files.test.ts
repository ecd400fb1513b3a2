import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { listBuildFiles } from '../../../src/hosting/list-build-files'

const folder = mkdtempSync(join(tmpdir(), 'bakeoff-build-'))

afterEach(() => {
  rmSync(folder, { recursive: true })
})

test('the page, its parts and the plain runtime are kept ahead; the GPU build and demos are not', () => {
  for (const path of [
    'index.html',
    'robots.txt',
    '_headers',
    'service-worker.js',
    'assets/index-abc.js',
    'assets/ort.wasm.min-abc.js',
    'assets/ort-wasm-simd-threaded-abc.wasm',
    'assets/ort-wasm-simd-threaded.jspi-abc.wasm',
    'demo/digits.csv',
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), 'abc')
  }
  const files = listBuildFiles(folder)
  expect(files.map(({ path, keep }) => [path, keep])).toEqual([
    ['assets/index-abc.js', 'install'],
    ['assets/ort-wasm-simd-threaded-abc.wasm', 'idle'],
    ['assets/ort-wasm-simd-threaded.jspi-abc.wasm', 'use'],
    ['assets/ort.wasm.min-abc.js', 'idle'],
    ['demo/digits.csv', 'use'],
    ['', 'install'],
  ])
  // RFC 6234's own example.
  expect(files[0]?.sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
