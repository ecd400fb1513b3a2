import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright-core'
import { success, type Outcome } from '../core/failure'
import { withDeadline } from './deadline'
import { openBrowser, type BrowserOptions, type OpenedBrowser } from './open-browser'
import { DIST } from './repository.mjs'
import { serve, type RunningServer } from './serve'

/**
 * What a page stores belongs to its origin, and the port is another one each time. Names under
 * `.localhost` are secure contexts and never asked of a name server.
 */
const KEPT_HOST = 'bakeoff.localhost'
const KEPT_ORIGIN = `http://${KEPT_HOST}`

const START_LIMIT_MS = 60_000
/** The browser of a command that was killed ends itself within this time. */
const HANDOVER_MS = 5_000
const RETRY_MS = 500

/** Where the page's storage is kept on disk. */
export interface Keeping {
  readonly folder: string
  /** Whether what is there is used; else the page starts without it. */
  readonly isResumed: boolean
}

export interface OpenedPage {
  readonly context: BrowserContext
  readonly page: Page
  /** Whether what the page stores outlives the browser. */
  readonly isKept: boolean
  /** Closes browser and server. */
  close(): Promise<void>
}

/**
 * Serves the built page on a free port and opens it in a browser without a window. A profile that
 * cannot be used costs only the chance to resume, and `remark` gets a sentence on it.
 */
export async function openPage(
  graphics: BrowserOptions['graphics'],
  keeping: Keeping | null,
  remark: (text: string) => void,
): Promise<Outcome<OpenedPage>> {
  const server = await serve({ folder: DIST })
  let browser: OpenedBrowser | null = null
  const close = async (): Promise<void> => {
    await browser?.close()
    await server.close()
  }
  try {
    const profile = keeping === null ? null : await openProfile(graphics, keeping, server)
    const isKept = profile?.ok === true
    const opened = isKept ? profile : await openBrowser({ graphics, args: [], profile: null })
    if (!opened.ok) {
      await close()
      return opened
    }
    if (profile?.ok === false) remark(describeProblem(profile.failure.detail ?? ''))
    browser = opened.value
    const { context } = browser
    const page = await withDeadline(firstPage(context), START_LIMIT_MS, 'Opening a page')
    if (isKept && keeping?.isResumed !== true) await clearStorage(context, page)
    await page.goto(isKept ? `${KEPT_ORIGIN}/` : server.url, { timeout: START_LIMIT_MS })
    return success({ context, page, isKept, close })
  } catch (error) {
    await close()
    throw error
  }
}

async function openProfile(
  graphics: BrowserOptions['graphics'],
  { folder, isResumed }: Keeping,
  server: RunningServer,
): Promise<Outcome<OpenedBrowser>> {
  const { host } = new URL(server.url)
  const args = [`--host-resolver-rules=MAP ${KEPT_HOST}:80 ${host}`]
  const patience = Date.now() + (isResumed ? HANDOVER_MS : 0)
  for (;;) {
    const opened = await openBrowser({ graphics, args, profile: folder })
    if (opened.ok || !isBusy(opened.failure.detail ?? '') || Date.now() > patience) return opened
    await sleep(RETRY_MS)
  }
}

/** Chromium's own lock on a profile; it frees the ones of dead processes. */
function isBusy(detail: string): boolean {
  return /ProcessSingleton|already in use/i.test(detail)
}

function describeProblem(detail: string): string {
  return isBusy(detail)
    ? 'Another command is at this comparison: this run keeps nothing and cannot be resumed.'
    : 'The folder for kept rows cannot be used: this run cannot be resumed.'
}

/** A browser with a profile opens with a page. */
async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage())
}

async function clearStorage(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: KEPT_ORIGIN, storageTypes: 'all' })
  await session.detach()
}
