import { describeAdapter, type Machine } from '../core/evaluation'

/** `requestAdapter` has been seen never to settle (webgpu-samples#236). */
const ADAPTER_TIMEOUT_MS = 5_000

/** Asks the browser what there is to run on. Always settles; downloads nothing. */
export async function detectMachine(): Promise<Machine> {
  const { adapter, adapterProblem } = await detectAdapter()
  // Chromium only, in GiB, rounded down to a power of two and capped.
  const { deviceMemory } = navigator as { readonly deviceMemory?: number }
  return {
    cores: navigator.hardwareConcurrency,
    memoryBytes: deviceMemory === undefined ? null : deviceMemory * 1024 ** 3,
    isIsolated: globalThis.crossOriginIsolated,
    adapter,
    adapterProblem,
  }
}

async function detectAdapter(): Promise<Pick<Machine, 'adapter' | 'adapterProblem'>> {
  const none = (adapterProblem: string) => ({ adapter: null, adapterProblem })
  // Absent in insecure contexts and in browsers without WebGPU, whatever the types say.
  const { gpu } = navigator as { readonly gpu?: GPU }
  if (gpu === undefined) return none('This browser offers no WebGPU here.')
  if (!('Suspending' in WebAssembly)) {
    return none('This browser lacks JavaScript Promise Integration, which the GPU runtime needs.')
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(() => {
      resolve('timeout')
    }, ADAPTER_TIMEOUT_MS)
  })
  try {
    const adapter = await Promise.race([
      gpu.requestAdapter({ powerPreference: 'high-performance' }),
      timeout,
    ])
    if (adapter === 'timeout') return none('The WebGPU adapter did not answer within 5 s.')
    if (adapter === null) return none('This browser found no WebGPU adapter.')
    return { adapter: describeAdapter(adapter), adapterProblem: null }
  } catch {
    return none('The WebGPU adapter could not be opened.')
  } finally {
    clearTimeout(timer)
  }
}
