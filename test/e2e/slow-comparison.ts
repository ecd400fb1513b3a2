import type { Browser } from '@playwright/test'
import type { Report } from '../../src/core/report'
import { BakeoffPage } from './bakeoff-page'
import { digitsTimes, endOfRun, startRun } from './drive-run'
import { demoModel, fixtureModel } from './input-files'
import { expect } from './served'

const TIMES = 3
const ROWS = 629 * TIMES

/** A comparison on WASM that takes long enough to be met in its middle. */
export const SLOW = {
  /** One thread and small batches: answers reach the disk every 2 s, on any machine. */
  cores: 1,
  settings: { backend: 'wasm', batchSize: 16 },
  rows: ROWS,
  /** Rows of both models together when one has ended and the other is in the middle. */
  middle: ROWS + 16,
} as const

export async function dropSlowFiles(bakeoff: BakeoffPage): Promise<void> {
  await bakeoff.add(demoModel('digits_mlp'), fixtureModel('digits_slow'), digitsTimes(TIMES))
}

let undisturbed: Promise<Report> | null = null

/** Once for all tests, in a browser context of its own. */
async function runUndisturbed(browser: Browser, url: string): Promise<Report> {
  const page = await browser.newPage()
  const bakeoff = new BakeoffPage(page, url)
  await bakeoff.open(SLOW.cores)
  await dropSlowFiles(bakeoff)
  await startRun(page, SLOW.settings)
  const { report } = await endOfRun(page)
  await page.context().close()
  return report
}

/** Every figure of every model is, bit for bit, that of a run that nothing has disturbed. */
export async function expectSameFigures(
  report: Report,
  browser: Browser,
  url: string,
): Promise<void> {
  undisturbed ??= runUndisturbed(browser, url)
  expect(figures(report)).toEqual(figures(await undisturbed))
}

function figures({ models, ranking, dataset }: Report) {
  const { rows, sha256 } = dataset
  const figuresOf = models.map(({ name, status, metrics, perClass, details }) => ({
    ...{ name, status, metrics, perClass, details },
  }))
  return { models: figuresOf, ranking, rows, sha256 }
}
