import { chromium, type BrowserContext, type LaunchOptions } from 'playwright-core'
import { errorText, failed, success, type Outcome } from '../core/failure'
import { chromiumArgs } from './chromium-args.mjs'
import { findChromium } from './find-chromium.mjs'

const START_LIMIT_MS = 60_000

export interface BrowserOptions {
  readonly graphics: 'none' | 'gpu' | 'software'
  /** Further switches of Chromium. */
  readonly args: readonly string[]
  /** Folder of a profile that outlives the browser; null for one that does not. */
  readonly profile: string | null
}

export interface OpenedBrowser {
  readonly context: BrowserContext
  close(): Promise<void>
}

/** Starts Chromium without a window. The caller closes it. */
export async function openBrowser({
  graphics,
  args,
  profile,
}: BrowserOptions): Promise<Outcome<OpenedBrowser>> {
  const executablePath = await findChromium()
  if (executablePath === null) return absent()
  const options: LaunchOptions = {
    executablePath,
    args: [...chromiumArgs(graphics), ...args],
    timeout: START_LIMIT_MS,
    // The command cancels the run before it closes the browser.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  }
  try {
    return success(await (profile === null ? launch(options) : launchWith(profile, options)))
  } catch (error) {
    const [reason = ''] = errorText(error).split('\n')
    return failed(
      'browser-absent',
      `${executablePath} could not be started: ${reason}`,
      'Try another browser: set BAKEOFF_CHROMIUM to the path of Chromium or Chrome.',
      errorText(error),
    )
  }
}

async function launch(options: LaunchOptions): Promise<OpenedBrowser> {
  const browser = await chromium.launch(options)
  return { context: await browser.newContext(), close: () => browser.close() }
}

async function launchWith(profile: string, options: LaunchOptions): Promise<OpenedBrowser> {
  const context = await chromium.launchPersistentContext(profile, options)
  return { context, close: () => context.close() }
}

function absent(): Outcome<never> {
  const asked = process.env['BAKEOFF_CHROMIUM']
  return asked !== undefined && asked !== ''
    ? failed(
        'browser-absent',
        `BAKEOFF_CHROMIUM is "${asked}", which cannot be run.`,
        'Set it to the path of Chromium or Chrome, or unset it.',
      )
    : failed(
        'browser-absent',
        'No Chromium or Chrome was found.',
        'Install one (npx playwright install chromium) or set BAKEOFF_CHROMIUM to its path.',
      )
}
