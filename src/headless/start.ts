import { parseArgs } from 'node:util'
import { ensureBuilt } from './ensure-built.mjs'
import { openInBrowser } from './open-in-browser'
import { DIST } from './repository.mjs'
import { serve, type RunningServer } from './serve'

const DEFAULT_PORT = 4173
/** A taken port is passed over for the next one, this many times. */
const PORTS_TRIED = 20
const LAST_PORT = 65_535

interface StartOptions {
  readonly port: number
  /** Whether the port was asked for: then no other will do. */
  readonly isPortFixed: boolean
  readonly isolate: boolean
  readonly open: boolean
}

/** `npm start`: serves the built page on this machine until Ctrl-C. Answers the exit code. */
export async function start(args: readonly string[]): Promise<number> {
  const options = parseOptions(args)
  if (typeof options === 'string') {
    console.error(options)
    console.error('Usage: npm start -- [--port N] [--open] [--no-isolation]')
    return 2
  }
  if (!(await ensureBuilt())) return 1
  const server = await serveOnFreePort(options)
  if (typeof server === 'string') {
    console.error(server)
    return 2
  }
  console.log(`Bakeoff runs at ${server.url}`)
  console.log(
    options.isolate
      ? 'Stop it with Ctrl-C. Through any other address, browsers may withhold shared memory and WASM threads.'
      : 'Stop it with Ctrl-C. Without isolation, Bakeoff copies rows and runs WASM on one thread.',
  )
  if (options.open) openInBrowser(server.url)
  await stopSignal()
  await server.close()
  return 0
}

function parseOptions(args: readonly string[]): StartOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        open: { type: 'boolean', default: false },
        'no-isolation': { type: 'boolean', default: false },
      },
    })
    const asked = values.port ?? process.env['PORT']
    const port = asked === undefined || asked === '' ? DEFAULT_PORT : Number(asked)
    if (!Number.isInteger(port) || port < 0 || port > LAST_PORT) {
      return `"${String(asked)}" is no port: give a whole number from 0 to ${String(LAST_PORT)}.`
    }
    return {
      port,
      isPortFixed: values.port !== undefined,
      isolate: !values['no-isolation'],
      open: values.open,
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function serveOnFreePort(options: StartOptions): Promise<RunningServer | string> {
  const last = options.isPortFixed ? options.port : options.port + PORTS_TRIED
  for (let port = options.port; port <= Math.min(last, LAST_PORT); port++) {
    try {
      return await serve({ folder: DIST, port, isolate: options.isolate })
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code !== 'EADDRINUSE') return `Port ${String(port)} cannot be used: ${message}.`
    }
  }
  return options.isPortFixed
    ? `Port ${String(options.port)} is taken. Give another one, or none to take a free one.`
    : `Ports ${String(options.port)} to ${String(last)} are all taken. Give another one with --port.`
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        resolve()
      })
    }
  })
}
