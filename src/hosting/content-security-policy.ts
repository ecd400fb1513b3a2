/** What the page may do, by directive. Measured with ONNX Runtime Web 1.30 in Chromium. */
const DIRECTIVES: readonly (readonly [name: string, sources: string])[] = [
  ['default-src', "'none'"],
  // Compiling WASM needs its own word; the runtime needs neither eval nor blobs.
  ['script-src', "'self' 'wasm-unsafe-eval'"],
  ['worker-src', "'self'"],
  // Models and data at an https address are fetched when the user asks for them by name, and only
  // then: which hosts those are cannot be known here. Plain http, and so every unencrypted or
  // private address, stays closed.
  ['connect-src', "'self' https:"],
  ['img-src', "'self' data: blob:"],
  // Sizes and colours that depend on data are set through the DOM, never as `style` attributes.
  ['style-src', "'self'"],
  ['manifest-src', "'self'"],
  ['base-uri', "'none'"],
  ['form-action', "'none'"],
]

/**
 * The Content-Security-Policy of the page and of its workers. A worker takes the policy of its own
 * response, so a host's headers (or the service worker's) are needed beside the `<meta>` element.
 * `frame-ancestors` works in a header only.
 */
export function contentSecurityPolicy(place: 'header' | 'meta'): string {
  const directives = DIRECTIVES.map(([name, sources]) => `${name} ${sources}`)
  if (place === 'header') directives.push("frame-ancestors 'none'")
  return directives.join('; ')
}
