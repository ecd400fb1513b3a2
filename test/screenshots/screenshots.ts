import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'
import { DIST, fromRoot } from '../../src/headless/repository.mjs'
import { serve } from '../../src/headless/serve'
import { emptyScene } from './empty-scene'
import { keptScene } from './kept-scene'
import { linkScene } from './link-scene'
import { manyScene } from './many-scene'
import { parityScene } from './parity-scene'
import { policiesScene } from './policies-scene'
import { regressionScene } from './regression-scene'
import { reportScene } from './report-scene'
import { runningScene } from './running-scene'
import { setupScene } from './setup-scene'
import type { Scene, Stage } from './stage'
import { verdictScene } from './verdict-scene'

/**
 * `npm run screenshots [-- SCENE… THEME… WIDTH…]`: every state of the built page in light and dark at
 * three widths, as `test-results/screenshots/STATE-THEME-WIDTH.png`, and the pictures of the README.
 * For looking at.
 */
const SCENES: Readonly<Record<string, Scene>> = {
  empty: emptyScene,
  setup: setupScene,
  running: runningScene,
  verdict: verdictScene,
  report: reportScene,
  regression: regressionScene,
  many: manyScene,
  parity: parityScene,
  policies: policiesScene,
  kept: keptScene,
  link: linkScene,
}
const THEMES = ['light', 'dark'] as const
const WIDTHS = ['360', '768', '1440']
/** The one size of the README's pictures. */
const README = { theme: 'light', width: '1440' }
const FOLDER = fromRoot('test-results/screenshots')

type Theme = (typeof THEMES)[number]

const wanted = process.argv.slice(2)
const known = [...Object.keys(SCENES), ...THEMES, ...WIDTHS]
const unknown = wanted.find((word) => !known.includes(word))
if (unknown !== undefined) throw new Error(`${unknown} is none of ${known.join(', ')}.`)
const executablePath = await findChromium()
if (executablePath === null) throw new Error('Screenshots need Chromium.')
mkdirSync(FOLDER, { recursive: true })
const server = await serve({ folder: DIST })
const browser = await chromium.launch({ executablePath, args: chromiumArgs('none') })
try {
  for (const theme of chosen(THEMES)) {
    for (const width of chosen(WIDTHS)) await shootScenes(browser, theme, width)
  }
} finally {
  await browser.close()
  await server.close()
}

/** Those that are named, or all where none is. */
function chosen<Name extends string>(names: readonly Name[]): readonly Name[] {
  const named = names.filter((name) => wanted.includes(name))
  return named.length === 0 ? names : named
}

async function shootScenes(from: Browser, theme: Theme, width: string): Promise<void> {
  const isForReadme = theme === README.theme && width === README.width
  const context = await from.newContext({
    colorScheme: theme,
    viewport: { width: Number(width), height: width === '360' ? 780 : 900 },
    deviceScaleFactor: isForReadme ? 2 : 1,
  })
  const page = await context.newPage()
  const stage: Stage = {
    page,
    url: server.url,
    shoot: async (state, fullPage = true) => {
      const path = join(FOLDER, `${state}-${theme}-${width}.png`)
      if (!fullPage) return void (await page.screenshot({ path }))
      await page.mouse.move(0, 0)
      // What sticks to the end of the window stands at the end of the page.
      await page.evaluate(() => {
        window.scrollTo(0, document.body.scrollHeight)
      })
      await page.screenshot({ path, fullPage })
    },
    shootForReadme: async (name) => {
      if (!isForReadme) return
      await page.mouse.move(0, 0)
      await page.screenshot({ path: fromRoot(`test/screenshots/${name}.png`) })
    },
  }
  for (const name of chosen(Object.keys(SCENES))) await SCENES[name]?.(stage)
  await context.close()
}
