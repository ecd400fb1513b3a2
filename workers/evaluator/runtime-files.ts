import jspiScript from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url'
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url'
import plainScript from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url'
import plainWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import type { Backend } from '../../src/core/evaluation'

/** A host that has not answered by then does not answer. */
const ANSWER_MS = 5_000

interface RuntimeFiles {
  readonly wasm: string
  readonly mjs: string
}

/** Absolute addresses of both files: with anything less, WASM threads hang in built output. */
export function runtimeFiles(backend: Backend): RuntimeFiles {
  const [wasm, mjs] = backend === 'wasm' ? [plainWasm, plainScript] : [jspiWasm, jspiScript]
  return { wasm: new URL(wasm, import.meta.url).href, mjs: new URL(mjs, import.meta.url).href }
}

/**
 * Which file of a runtime that did not start cannot be had, and what the host says of it, as a part of
 * a sentence; null where both files come as they should. The runtime's own error names neither.
 */
export async function missingFile(backend: Backend): Promise<string | null> {
  const { wasm, mjs } = runtimeFiles(backend)
  for (const [address, type] of [
    [wasm, 'application/wasm'],
    [mjs, 'javascript'],
  ] as const) {
    const problem = await problemWith(address, type)
    const { pathname, host } = new URL(address)
    if (problem !== null) return `${pathname.replace(/^.*\//, '')} from ${host} ${problem}`
  }
  return null
}

async function problemWith(address: string, type: string): Promise<string | null> {
  try {
    const signal = AbortSignal.timeout(ANSWER_MS)
    const answer = await fetch(address, { cache: 'no-store', signal })
    await answer.body?.cancel()
    if (!answer.ok) return `answers with HTTP status ${String(answer.status)}`
    const given = answer.headers.get('content-type') ?? 'no type'
    return given.includes(type) ? null : `comes as ${given}, not as ${type}`
  } catch {
    return 'does not come through'
  }
}
