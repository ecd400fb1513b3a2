import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { AutomationResult } from '../../src/core/automation'
import type { Outcome } from '../../src/core/failure'
import { DIGITS, madeUp, type InputFile } from './input-files'

/** The demo table with its rows repeated: the figures that are means stay the same. */
export function digitsTimes(times: number): InputFile {
  const [head = '', ...lines] = readFileSync(DIGITS, 'utf8').trim().split('\n')
  const rows = Array.from({ length: times }, () => lines).flat()
  return madeUp('digits.csv', [head, ...rows, ''].join('\n'))
}

/** Starts what is set up, without waiting for its end. */
export async function startRun(
  page: Page,
  settings: {
    readonly backend?: 'webgpu' | 'wasm'
    readonly batchSize?: number
    readonly lanes?: number
  },
): Promise<void> {
  await page.evaluate(async (evaluation) => {
    const bakeoff = window.bakeoff
    if (bakeoff === undefined) throw new Error('the page has not started')
    await bakeoff.settled()
    const keep = {
      ...{ kind: null, metric: null, target: null, features: null, baseline: null },
      ...{ policy: null, windows: null, filter: null, sample: null },
      ...{ reference: null, tolerance: null },
    }
    const configured = await bakeoff.configure({ ...keep, evaluation })
    if (!configured.ok) throw new Error(configured.failure.message)
    const state = { rows: new Map<string, number>(), rowsAtRetry: NaN, ended: bakeoff.run() }
    bakeoff.subscribe((event) => {
      if (event.type === 'model-progress') state.rows.set(event.modelId, event.rowsDone)
      if (event.type === 'log' && event.entry.text.includes('Goes on with')) {
        state.rowsAtRetry = [...state.rows.values()].reduce((sum, done) => sum + done, 0)
      }
    })
    Object.assign(window, { testRun: state })
  }, settings)
}

/** Until the models of the run together have answered at least so many rows. */
export async function rowsDone(page: Page, rows: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const { testRun } = window as unknown as { testRun: { rows: Map<string, number> } }
      return [...testRun.rows.values()].reduce((sum, done) => sum + done, 0) >= wanted
    },
    rows,
    { polling: 20 },
  )
}

/** Until so many rows have been answered since the run was last set back. */
export async function rowsSinceRetry(page: Page, rows: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const { testRun } = window as unknown as {
        testRun: { rows: Map<string, number>; rowsAtRetry: number }
      }
      const done = [...testRun.rows.values()].reduce((sum, of) => sum + of, 0)
      return done >= testRun.rowsAtRetry + wanted
    },
    rows,
    { polling: 20 },
  )
}

/** The end of the run that {@link startRun} began. */
export async function endOfRun(page: Page): Promise<AutomationResult> {
  const outcome = await page.evaluate(
    () =>
      (window as unknown as { testRun: { ended: Promise<Outcome<AutomationResult>> } }).testRun
        .ended,
  )
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}
