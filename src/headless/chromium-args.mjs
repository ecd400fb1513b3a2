/** Quiet, offline and the same everywhere: nothing but the page itself talks to a network. */
const COMMON = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Chromium's switches for one way to reach the GPU.
 * - `none`: as installed; for WASM.
 * - `gpu`: WebGPU on a real adapter. On Linux WebGPU stands behind both switches.
 * - `software`: WebGPU on SwiftShader: right answers on any machine, slowly.
 * @param {'none' | 'gpu' | 'software'} graphics
 * @returns {string[]}
 */
export function chromiumArgs(graphics) {
  const args = [...COMMON]
  // Chromium refuses to run its sandbox as root.
  if (process.getuid?.() === 0) args.push('--no-sandbox')
  if (graphics !== 'none') args.push('--enable-unsafe-webgpu')
  if (graphics === 'gpu' && process.platform === 'linux') args.push('--enable-features=Vulkan')
  if (graphics === 'software') args.push('--use-webgpu-adapter=swiftshader')
  return args
}
