import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import sirv from 'sirv'
import { cacheControl } from '../hosting/cache-control'
import { ISOLATION_HEADERS, SECURITY_HEADERS } from '../hosting/page-headers'

export interface ServeOptions {
  /** Absolute path of the folder to serve. */
  readonly folder: string
  /** 0: any free one. */
  readonly port?: number
  /** Where the folder appears: `/` or, for example, `/tools/bakeoff/`. */
  readonly mount?: string
  /** Whether the page may be cross-origin isolated: shared memory, WASM threads, 5 µs timers. */
  readonly isolate?: boolean
}

export interface RunningServer {
  /** With the final slash. */
  readonly url: string
  /** Drops open connections. */
  close(): Promise<void>
}

const HOST = '127.0.0.1'

/** Serves a folder to this machine alone. Rejects where the port cannot be had. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { folder, port = 0, mount = '/', isolate = true } = options
  const files = sirv(folder, {
    // Looks each file up when asked, so that the page may be rebuilt behind a running server.
    dev: true,
    etag: true,
    setHeaders: setFileHeaders,
  })
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries({
      ...SECURITY_HEADERS,
      ...(isolate && ISOLATION_HEADERS),
    })) {
      response.setHeader(name, value)
    }
    const url = request.url ?? '/'
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
    if (`${url.split('?', 1)[0] ?? ''}/` === mount) return redirect(response, mount)
    if (!url.startsWith(mount)) return refuse(response, 404)
    request.url = url.slice(mount.length - 1)
    files(request, response, () => refuse(response, 404))
  })
  await listen(server, port)
  const address = server.address() as AddressInfo
  return {
    url: `http://${HOST}:${String(address.port)}${mount}`,
    close: () => close(server),
  }
}

function setFileHeaders(response: ServerResponse, path: string): void {
  response.setHeader('Cache-Control', cacheControl(path.slice(1)))
  // The one ending in the build that has no registered media type.
  if (path.endsWith('.onnx')) response.setHeader('Content-Type', 'application/octet-stream')
}

function refuse(response: ServerResponse, status: 404 | 405): void {
  const text = status === 404 ? 'Not found\n' : 'Method not allowed\n'
  if (status === 405) response.setHeader('Allow', 'GET, HEAD')
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text)
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(308, { Location: location }).end()
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
