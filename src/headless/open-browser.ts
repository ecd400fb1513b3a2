import { chromium, type Browser } from 'playwright-core'
import { errorText, failed, success, type Outcome } from '../core/failure'
import { chromiumArgs } from './chromium-args.mjs'
import { findChromium } from './find-chromium.mjs'

const START_LIMIT_MS = 60_000

/** Starts Chromium without a window. The caller closes it. */
export async function openBrowser(
  graphics: 'none' | 'gpu' | 'software',
): Promise<Outcome<Browser>> {
  const executablePath = await findChromium()
  if (executablePath === null) return absent()
  try {
    const browser = await chromium.launch({
      executablePath,
      args: chromiumArgs(graphics),
      timeout: START_LIMIT_MS,
      // The command cancels the run before it closes the browser.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
    return success(browser)
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
