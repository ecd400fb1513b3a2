import { expect, test } from 'vitest'

test('browser tests run isolated, as the served page does', () => {
  expect(globalThis.crossOriginIsolated).toBe(true)
  expect(typeof SharedArrayBuffer).toBe('function')
})

test('software WebGPU is there, and says that it is software', async () => {
  const adapter = await navigator.gpu.requestAdapter()
  expect(adapter?.info.isFallbackAdapter).toBe(true)
})
