import type { BackendChoice } from '../core/evaluation'
import { errorText, type Failure } from '../core/failure'
import { DeadlineMissed } from './deadline'
import { EXIT } from './exit-code'
import type { Keeping } from './open-page'
import { PageLost, PageSession } from './page-session'
import type { Terminal } from './terminal'

/** After a cancel, what was finished is still reported within this time. */
const GRACE_MS = 5_000

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface SessionOptions {
  readonly backend: BackendChoice
  /** Where the page's storage is kept; null where it goes with the browser. */
  readonly keeping: Keeping | null
  readonly terminal: Terminal
  /** Says why there is no result, and answers the exit code. */
  readonly end: (failure: Failure) => number
}

/**
 * Opens the page, lets `work` use it, and closes browser and server whatever happens. A signal
 * cancels a run; a second one ends at once. Answers the exit code.
 */
export async function withSession(
  { backend, keeping, terminal, end }: SessionOptions,
  work: (session: PageSession) => Promise<number>,
): Promise<number> {
  let session: PageSession | null = null
  let isInterrupted = false
  const onSignal = () => {
    // Playwright takes the browser down with the process.
    if (session === null || isInterrupted) process.exit(EXIT.interrupted)
    isInterrupted = true
    terminal.remark('Cancelling …')
    void stop(session)
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  try {
    const opened = await PageSession.open(backend, keeping, (text) => {
      terminal.remark(text)
    })
    if (!opened.ok) return end(opened.failure)
    session = opened.value
    const code = await work(session)
    return isInterrupted ? EXIT.interrupted : code
  } catch (error) {
    if (isInterrupted) return EXIT.interrupted
    return end(failureOf(error))
  } finally {
    await session?.close()
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
}

async function stop(session: PageSession): Promise<void> {
  await session.cancel()
  setTimeout(() => void session.close(), GRACE_MS).unref()
}

function failureOf(error: unknown): Failure {
  const detail = errorText(error)
  if (error instanceof DeadlineMissed) {
    return {
      code: 'deadline-missed',
      message: `${detail}.`,
      advice: 'Try again with less data, or with --backend wasm.',
      detail,
    }
  }
  // Playwright has no class of its own for a page that ended while it was asked.
  if (error instanceof PageLost || /has been closed|crashed/i.test(detail)) {
    return {
      code: 'worker-failed',
      message: error instanceof PageLost ? `${detail}.` : 'The browser ended before it answered.',
      advice:
        'Memory may have run out: try again with fewer models, --lanes 1 or a smaller --batch.',
      detail,
    }
  }
  return {
    code: 'internal',
    message: `The page failed: ${detail.split('\n')[0] ?? ''}`,
    advice: 'Try again. If it stays, report it with the command and this message.',
    detail,
  }
}
