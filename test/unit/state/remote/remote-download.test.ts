import { FETCH_BYTES } from '../../../../src/core/caps'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { contentHash } from '../../../../src/core/content-hash'
import { RemoteDownload, type RemoteFile } from '../../../../src/state/remote/remote-download'

const ADDRESS = 'https://models.example/deep/digits%20mlp.onnx'
/** Of downloads that are to stall. The others have all the time that a busy machine takes. */
const STALL_MS = 300
const LONG_MS = 60_000
const BYTES = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 31) % 251))
const SHA256 = contentHash(BYTES)

let server: Server
let answer: (request: IncomingMessage, response: ServerResponse) => void
let requests: { url: string; init: RequestInit; headers: IncomingMessage['headers'] }[]

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(() => {
  server.close()
  server.closeAllConnections()
})

/** The network: every https host is answered by the server of this test, over real connections. */
beforeEach(() => {
  requests = []
  const { port } = server.address() as AddressInfo
  const { fetch } = globalThis
  vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
    const request = { url: url.href, init, headers: {} }
    requests.push(request)
    const origin = `http://127.0.0.1:${String(port)}`
    const { signal, headers } = init
    const response = await fetch(`${origin}${url.pathname}`, {
      ...(signal == null ? {} : { signal }),
      ...(headers === undefined ? {} : { headers }),
    })
    const shown = response.url.startsWith(origin)
      ? response.url.replace(origin, url.origin)
      : response.url
    return Object.defineProperty(response, 'url', {
      value: response.headers.get('x-ended-at') ?? shown,
    })
  })
  vi.stubGlobal('navigator', { onLine: true })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

function download(parts: Partial<RemoteFile> = {}, stallMs = LONG_MS): RemoteDownload {
  const made = RemoteDownload.of({ address: ADDRESS, sha256: null, bytes: null, ...parts }, stallMs)
  if (!made.ok) throw new Error(made.failure.message)
  return made.value
}

async function run(
  one: RemoteDownload,
  onBytes: (received: number) => void = () => undefined,
  signal = new AbortController().signal,
): Promise<string> {
  const outcome = await one.run(signal, ({ received }) => {
    onBytes(received)
  })
  if (outcome.ok) return 'fetched'
  const { code, message, advice } = outcome.failure
  return `${code}: ${message} ${advice}`
}

describe('RemoteDownload', () => {
  it('fetches a whole file, names it, and tells its hash and how far it is', async () => {
    answer = (_request, response) => {
      response.setHeader('Content-Length', BYTES.length)
      response.end(BYTES)
    }
    const progress: (readonly [number, number | null])[] = []
    const outcome = await download({ sha256: SHA256, bytes: BYTES.length }).run(
      new AbortController().signal,
      ({ received, total }) => progress.push([received, total]),
    )
    if (!outcome.ok) throw new Error(outcome.failure.message)
    const { file, sha256, address } = outcome.value
    expect(Buffer.from(await file.arrayBuffer()).equals(BYTES)).toBe(true)
    expect({ name: file.name, sha256, address }).toEqual({
      name: 'digits mlp.onnx',
      sha256: SHA256,
      address: ADDRESS,
    })
    expect(progress.at(-1)).toEqual([BYTES.length, BYTES.length])
    expect(requests[0]?.init).toMatchObject({
      mode: 'cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    })
  })

  it('M86 another content than the link names is refused by its hash', async () => {
    answer = (_request, response) => response.end(BYTES)
    expect(await run(download({ sha256: 'ab'.repeat(32) }))).toMatch(
      /^hash-mismatch: "digits mlp\.onnx" is not the file .* the link names abababababab\./,
    )
    expect(await run(download({ sha256: SHA256, bytes: 1_000 }))).toMatch(
      /^hash-mismatch: .* more than the 1\.0 kB that the link names/,
    )
  })

  it('M86 404, a login, a busy server and a web page are told apart', async () => {
    const statuses = [404, 403, 503]
    answer = (_request, response) => response.writeHead(statuses.shift() ?? 200).end('no')
    expect(await run(download())).toContain(
      'models.example has no such file (HTTP status 404). Check the address',
    )
    expect(await run(download())).toContain('HTTP status 403). It may want a login')
    expect(await run(download())).toContain('HTTP status 503). Try again later.')
    answer = (_request, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      response.end('<!doctype html>')
    }
    expect(await run(download())).toContain('models.example answers with a web page')
  })

  it('M86 an answer of 5 GB is refused before it is read, by length or by link', async () => {
    const huge = 5 * 2 ** 30
    let isClosed = false
    answer = (_request, response) => {
      response.setHeader('Content-Length', huge)
      response.write(BYTES)
      response.on('close', () => (isClosed = true))
    }
    expect(await run(download())).toBe(
      'file-too-large: "digits mlp.onnx" has 5.4 GB; up to 2.1 GB are fetched. Download it in a tab of its own and drop the file here.',
    )
    await expect.poll(() => isClosed, { timeout: 20_000 }).toBe(true)
    expect(
      RemoteDownload.of({ address: ADDRESS, sha256: SHA256, bytes: FETCH_BYTES + 1 }),
    ).toMatchObject({ ok: false, failure: { code: 'file-too-large' } })
  })

  it('M86 a connection cut at 90 % is gone on from there, and the whole is checked', async () => {
    const cut = Math.floor(BYTES.length * 0.9)
    let cutOff: () => void = () => undefined
    answer = (request, response) => {
      const { range } = request.headers
      if (range === undefined) {
        response.setHeader('Content-Length', BYTES.length)
        response.write(BYTES.subarray(0, cut))
        cutOff = () => response.destroy()
      } else {
        response.writeHead(206).end(BYTES.subarray(Number(/\d+/.exec(range)?.[0])))
      }
    }
    const one = download({ sha256: SHA256, bytes: BYTES.length })
    const onBytes = (received: number) => {
      if (received === cut) cutOff()
    }
    expect(await run(one, onBytes)).toMatch(
      /^fetch-blocked: The connection to models\.example broke after 180 kB .*goes on from there\.$/,
    )
    expect(await run(one)).toBe('fetched')
    expect(requests[1]?.init.headers).toEqual({ Range: `bytes=${String(cut)}-` })
  })

  it('M86 a server without ranges, and a file without a hash, begin anew', async () => {
    let isFirst = true
    let cutOff: () => void = () => undefined
    const onBytes = (received: number) => {
      if (received > 0) cutOff()
    }
    const cutOnce = (response: ServerResponse) => {
      cutOff = isFirst ? () => response.destroy() : () => undefined
      if (isFirst) response.write(BYTES.subarray(0, 1_000))
      else response.end(BYTES)
      isFirst = false
    }
    answer = (_request, response) => cutOnce(response)
    const hashed = download({ sha256: SHA256 })
    expect(await run(hashed, onBytes)).toContain('broke after')
    expect(await run(hashed)).toBe('fetched')
    isFirst = true
    const bare = download()
    expect(await run(bare, onBytes)).toContain('broke after')
    expect(await run(bare)).toBe('fetched')
    expect(requests[3]?.init.headers).toBeUndefined()
  })

  it('M86 a server that stalls is given up, before and within its answer', async () => {
    answer = () => undefined
    expect(await run(download({}, STALL_MS))).toBe(
      'fetch-stalled: models.example has sent nothing of "digits mlp.onnx" for 300 ms. Fetch it again.',
    )
    answer = (_request, response) => response.write(BYTES)
    // Long enough for the first bytes to come on a busy machine.
    const halting = download({ sha256: SHA256 }, 5 * STALL_MS)
    expect(await run(halting)).toContain('it goes on from there')
  })

  it('M86 no answer at all: offline is told from a host that refuses or is away', async () => {
    answer = (_request, response) => response.destroy()
    expect(await run(download())).toContain(
      'models.example cannot be reached, or does not let other sites read its files (CORS).',
    )
    vi.stubGlobal('navigator', { onLine: false })
    expect(await run(download())).toContain('this machine is offline')
  })

  it('L85 a redirect to a private host is refused before a byte is read', async () => {
    for (const target of [
      'https://192.168.0.1/m.onnx',
      'https://nas.local/m',
      'http://a.example/',
    ]) {
      answer = (request, response) => {
        if (request.url === '/moved') response.setHeader('X-Ended-At', target).end(BYTES)
        else response.writeHead(302, { Location: '/moved' }).end()
      }
      expect(await run(download())).toMatch(
        /^address-refused: "digits mlp\.onnx" was redirected by models\.example\. .* is not fetched/,
      )
    }
    answer = (request, response) => {
      if (request.url === '/moved') {
        response.setHeader('X-Ended-At', 'https://cdn.example/m.onnx').end(BYTES)
      } else response.writeHead(302, { Location: '/moved' }).end()
    }
    expect(await run(download({ sha256: SHA256 }))).toBe('fetched')
  })

  it('ends at once when it is cancelled', async () => {
    answer = (_request, response) => response.write(BYTES)
    const abort = new AbortController()
    const onBytes = (received: number) => {
      if (received > 0) abort.abort()
    }
    // Otherwise it ends when the server is given up, long after this test.
    expect(await run(download(), onBytes, abort.signal)).toContain('cancelled')
  })
})
