import { PAGE_HEADERS } from '../../src/hosting/page-headers'

/**
 * The response with the headers that its host left out. A response that may not be read, such as a
 * redirect of a navigation, is handed on as it is.
 */
export function withPageHeaders(response: Response): Response {
  if (response.status === 0) return response
  const headers = new Headers(response.headers)
  // Of the bytes on the wire; the body here is decoded.
  headers.delete('Content-Encoding')
  headers.delete('Content-Length')
  for (const [name, value] of Object.entries(PAGE_HEADERS)) {
    if (!headers.has(name)) headers.set(name, value)
  }
  const { status, statusText } = response
  return new Response(response.body, { status, statusText, headers })
}
