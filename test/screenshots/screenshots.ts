import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'
import { DIST, fromRoot } from '../../src/headless/repository.mjs'
import { serve } from '../../src/headless/serve'
import { writeFragment } from '../../src/report/link-fragment'

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
  await ready(page, 'Compare 3 models')
  await shoot('setup')
  await page.getByRole('button', { name: 'Compare 3 models' }).click()
  await page.getByRole('tablist').waitFor()
  if (theme === 'light' && width === 1440) await page.screenshot({ path: README_PICTURE })
  for (const tab of ['Metrics', 'Plots', 'Disagreements', 'Slices', 'Speed', 'Run details']) {
    await page.getByRole('tab', { name: tab }).click()
    if (tab === 'Slices') {
      await page.getByText('one after another').waitFor({ state: 'hidden' })
    }
    if (tab === 'Plots') await shootPlots(page, (plot) => shoot(`verdict-plots-${plot}`))
    else await shoot(`verdict-${tab.toLowerCase().replace(' ', '-')}`)
  }
  await shootHistory(page, shoot)
  await shootLink(page, shoot)
  await shootMany(page, shoot)
  await shootPolicies(page, shoot, theme === 'light' && width === 1440)
  await shootEmpty(page, shoot)
  await context.close()
}

/** The page with what it keeps: past comparisons, and answers on disk. */
async function shootHistory(page: Page, shoot: (state: string) => Promise<unknown>): Promise<void> {
  for (const section of ['History', 'Storage']) {
    await page.getByRole('button', { name: section, exact: true }).click()
    await page.getByRole('heading', { name: section, exact: true }).waitFor()
    await shoot(section.toLowerCase())
    await page.getByRole('button', { name: 'Close' }).click()
  }
}

/** A comparison by link before anything is fetched, and a link that is damaged. */
async function shootLink(page: Page, shoot: (state: string) => Promise<unknown>): Promise<void> {
  const settings = {
    ...{ backend: 'auto', lanes: null, sequentialUpTo: 2, batchSize: null, seed: 0, useKept: true },
  }
  const names = ['champion.onnx', 'a-challenger-with-a-long-name-of-its-own.onnx', 'holdout.csv']
  const files = names.map((name, index) => ({
    address: `https://models.example.org/weekly/${name}`,
    ...{ sha256: String(index).repeat(64), bytes: 1_500_000 * (index + 1) },
  }))
  const setup = { choices: { metric: 'f1Macro' }, settings, baseline: 'champion' }
  const link = writeFragment('comparison', { files, setup })
  for (const [state, fragment] of [
    ['link', link],
    ['link-damaged', link.slice(0, -9)],
  ] as const) {
    await page.goto('about:blank')
    await page.goto(server.url + fragment)
    await page
      .getByRole('button', { name: 'Go on without it' })
      .or(page.getByText('Nothing has been fetched'))
      .first()
      .waitFor()
    await shoot(state)
  }
}

/** Twelve models, some with long names, one that cannot be read. */
async function shootMany(page: Page, shoot: (state: string) => Promise<unknown>): Promise<void> {
  await page.goto('about:blank')
  await page.goto(server.url)
  const model = (index: number) => ({
    name:
      index % 3 === 0
        ? `digits_mlp_with_a_name_that_goes_on_and_on_${String(index)}.onnx`
        : `digits_${String(index)}.onnx`,
    mimeType: '',
    buffer: readFileSync(fromRoot(`public/demo/digits_${index % 2 === 0 ? 'mlp' : 'linear'}.onnx`)),
  })
  await page.locator('[data-automation="files"]').setInputFiles([
    ...Array.from({ length: 12 }, (_, index) => model(index)),
    { name: 'broken.onnx', mimeType: '', buffer: Buffer.from('no model') },
    {
      name: 'digits.csv',
      mimeType: '',
      buffer: readFileSync(fromRoot('public/demo/digits.csv')),
    },
  ])
  await page.getByRole('button', { name: 'Compare 12 models' }).click()
  await page.getByRole('tablist').waitFor()
  await shoot('many-models')
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
  await ready(page, 'Compare 3 models')
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

/** Everything has been read. */
async function ready(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, disabled: false }).waitFor()
}

async function shootEmpty(page: Page, shoot: (state: string) => Promise<unknown>): Promise<void> {
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Choose files' }).waitFor()
  await shoot('empty')
}
