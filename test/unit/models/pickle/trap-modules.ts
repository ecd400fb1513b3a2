import { afterAll, beforeAll, vi } from 'vitest'

const TRAPPED = ['posix', 'nt', 'os', 'builtins', '__builtin__', 'subprocess', 'pkgutil']

/**
 * Counts whoever looks for the modules that hostile pickles name, or evaluates text, while the tests
 * of a file run.
 */
export function trapModules(): { readonly looks: () => number } {
  let looks = 0
  const trap = () => new Proxy({}, { get: () => () => looks++ })
  beforeAll(() => {
    for (const name of TRAPPED) {
      Object.defineProperty(globalThis, name, { get: trap, configurable: true })
    }
    vi.spyOn(globalThis, 'eval').mockImplementation(() => looks++)
  })
  afterAll(() => {
    for (const name of TRAPPED) Reflect.deleteProperty(globalThis, name)
    vi.restoreAllMocks()
  })
  return { looks: () => looks }
}
