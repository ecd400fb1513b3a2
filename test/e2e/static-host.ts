import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { createGzip } from 'node:zlib'

export interface StaticHostOptions {
  /** A built page. */
  readonly folder: string
  /** Path of the page on its site, with both slashes. */
  readonly mount: string
  /** `none`: as GitHub Pages; `file`: what `_headers` in the folder says, as Netlify reads it. */
  readonly headers: 'none' | 'file'
  readonly hostName: string
}

/** A plain static host: files below one path, 404 for the rest, text compressed on request. */
export interface StaticHost {
  readonly url: string
  /** Paths within the page's folder, in the order of the requests. */
  readonly asked: string[]
  /** From now on another build is served, as after a deployment. */
  deploy(folder: string): void
  close(): Promise<void>
}

/** As GitHub Pages, Netlify and Cloudflare Pages send them. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'application/javascript; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
}
const IS_TEXT = /^(?:text\/|image\/svg|application\/(?:javascript|wasm|manifest))/

/** Started on a free port of this machine; `hostName` is what the browser knows it by. */
export async function startStaticHost(options: StaticHostOptions): Promise<StaticHost> {
  const { mount, headers, hostName } = options
  let { folder } = options
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host')
    if (!pathname.startsWith(mount)) return answer404(response)
    const path = pathname.slice(mount.length)
    asked.push(path)
    if (headers === 'file') setHeaders(response, readHeadersFile(folder), `/${path}`)
    sendFile(request, response, join(folder, normalize(`/${path === '' ? 'index.html' : path}`)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${hostName}:${String(port)}${mount}`,
    asked,
    deploy(next) {
      folder = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: string): void {
  if (!existsSync(file) || !statSync(file).isFile()) return answer404(response)
  const type = MEDIA_TYPES[extname(file)] ?? 'application/octet-stream'
  response.setHeader('Content-Type', type)
  // What GitHub Pages says of every file.
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'max-age=600')
  const isZipped = IS_TEXT.test(type) && /gzip/.test(request.headers['accept-encoding'] ?? '')
  if (!isZipped) {
    createReadStream(file).pipe(response)
    return
  }
  response.setHeader('Content-Encoding', 'gzip')
  createReadStream(file).pipe(createGzip()).pipe(response)
}

function answer404(response: ServerResponse): void {
  response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>404</h1>')
}

interface HeaderRule {
  /** `*` stands for any rest. */
  readonly pattern: RegExp
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** Rules of `_headers`: a line with a path, then indented lines with a header each. */
export function readHeadersFile(folder: string): readonly HeaderRule[] {
  const rules: { pattern: RegExp; headers: [string, string][] }[] = []
  for (const line of readFileSync(join(folder, '_headers'), 'utf8').split('\n')) {
    const header = /^\s+([\w-]+):\s*(.+)$/.exec(line)
    if (header !== null) rules.at(-1)?.headers.push([header[1] ?? '', header[2] ?? ''])
    else if (line.startsWith('/')) {
      const source = line.trim().replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      rules.push({ pattern: new RegExp(`^${source.replace('*', '.*')}$`), headers: [] })
    }
  }
  return rules
}

function setHeaders(response: ServerResponse, rules: readonly HeaderRule[], path: string): void {
  for (const { pattern, headers } of rules) {
    if (!pattern.test(path)) continue
    for (const [name, value] of headers) response.setHeader(name, value)
  }
}
