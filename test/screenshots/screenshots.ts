import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'
import { DIST, fromRoot } from '../../src/headless/repository.mjs'
import { serve } from '../../src/headless/serve'

/**
 * `npm run screenshots`: every state of the built page in light and dark at three widths, as
 * `test-results/screenshots/STATE-THEME-WIDTH.png`, and the picture of the README. For looking at.
 */
const WIDTHS = [360, 768, 1440]
const THEMES = ['light', 'dark'] as const
const FOLDER = fromRoot('test-results/screenshots')
const README_PICTURE = fromRoot('test/screenshots/verdict.png')
const POLICIES_PICTURE = fromRoot('test/screenshots/policies.png')

mkdirSync(FOLDER, { recursive: true })
const executablePath = await findChromium()
if (executablePath === null) throw new Error('Screenshots need Chromium.')
const server = await serve({ folder: DIST })
const browser = await chromium.launch({ executablePath, args: chromiumArgs('none') })
try {
  for (const theme of THEMES) for (const width of WIDTHS) await shootStates(browser, theme, width)
} finally {
  await browser.close()
  await server.close()
}

async function shootStates(
  from: Browser,
  theme: (typeof THEMES)[number],
  width: number,
): Promise<void> {
  const context = await from.newContext({
    colorScheme: theme,
    viewport: { width, height: width < 600 ? 780 : 900 },
    deviceScaleFactor: width === 1440 && theme === 'light' ? 2 : 1,
  })
  const page = await context.newPage()
  const shoot = (state: string, fullPage = true) =>
    page.screenshot({ path: join(FOLDER, `${state}-${theme}-${String(width)}.png`), fullPage })
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Try it with real digits' }).click()
  await page.getByRole('button', { name: 'Compare 3 models' }).waitFor()
  await shoot('setup')
  await page.getByRole('button', { name: 'Compare 3 models' }).click()
  await page.getByRole('tablist').waitFor()
  if (theme === 'light' && width === 1440) await page.screenshot({ path: README_PICTURE })
  for (const tab of ['Metrics', 'Plots', 'Speed', 'Run details']) {
    await page.getByRole('tab', { name: tab }).click()
    if (tab === 'Plots') await shootPlots(page, (plot) => shoot(`verdict-plots-${plot}`))
    else await shoot(`verdict-${tab.toLowerCase().replace(' ', '-')}`)
  }
  await shootPolicies(page, shoot, theme === 'light' && width === 1440)
  await shootEmpty(page, shoot)
  await context.close()
}

/** One picture of each plot that is offered. */
async function shootPlots(page: Page, shoot: (plot: string) => Promise<unknown>): Promise<void> {
  const choices = page.getByRole('radiogroup', { name: 'Plot' })
  await choices.waitFor()
  for (const label of await choices.locator('label').all()) {
    await label.click()
    await shoot((await label.innerText()).trim().toLowerCase().replaceAll(' ', '-'))
  }
}

async function shootPolicies(
  page: Page,
  shoot: (state: string) => Promise<unknown>,
  isForReadme: boolean,
): Promise<void> {
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Try it with trading policies' }).click()
  await page.getByRole('button', { name: 'Compare 3 models' }).waitFor()
  await shoot('policies-setup')
  await page.getByRole('button', { name: 'Compare 3 models' }).click()
  await page.getByRole('tablist').waitFor()
  await page.getByRole('tab', { name: 'Plots' }).click()
  await page.getByRole('radiogroup', { name: 'Plot' }).waitFor()
  if (isForReadme) await page.screenshot({ path: POLICIES_PICTURE })
  for (const tab of ['Metrics', 'Windows', 'Plots', 'Trades']) {
    await page.getByRole('tab', { name: tab }).click()
    if (tab === 'Plots') await shootPlots(page, (plot) => shoot(`policies-plots-${plot}`))
    else await shoot(`policies-${tab.toLowerCase()}`)
  }
}

async function shootEmpty(page: Page, shoot: (state: string) => Promise<unknown>): Promise<void> {
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Choose files' }).waitFor()
  await shoot('empty')
}
