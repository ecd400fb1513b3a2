import { readFileSync } from 'node:fs'
import type { Locator, Page, Worker } from '@playwright/test'
import type { Report } from '../../src/core/report'
import { expect } from './served'
import type { InputFile } from './input-files'

/** The page as its users meet it: by roles and visible text. */
export class BakeoffPage {
  readonly heading: Locator
  readonly leaderboard: Locator
  readonly runButton: Locator

  constructor(
    readonly page: Page,
    readonly url: string,
  ) {
    this.heading = page.getByRole('heading', { level: 1 })
    this.leaderboard = page.getByRole('grid', { name: 'Leaderboard', exact: true })
    this.runButton = page.getByRole('button', { name: /^(Compare|Evaluate) (\d+ )?models?$/ })
  }

  /** @param cores what the browser says of the machine, so that plans are the same everywhere */
  async open(cores = 2): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page)
    await session.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: cores })
    await this.page.goto(this.url)
    await expect(this.heading).toHaveText('Drop models, drop data, get a verdict')
  }

  /** Through the page's file input. */
  async add(...files: readonly InputFile[]): Promise<void> {
    const paths = files.filter((file) => typeof file === 'string')
    const input = this.page.getByLabel('Models and data')
    if (paths.length > 0) await input.setInputFiles(paths)
    const others = files.filter((file) => typeof file !== 'string')
    if (others.length > 0) await input.setInputFiles(others)
  }

  /** Files or folders, as a drag from the file manager ends: with the browser's own transfer. */
  async drop(...paths: readonly string[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page)
    const data = { items: [], files: [...paths], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data })
    }
  }

  model(name: string): Locator {
    return this.page.getByRole('article', { name, exact: true })
  }

  /** Presses the button that names so many models, and waits for the end. */
  async compare(models: number): Promise<void> {
    const name = models === 1 ? 'Evaluate 1 model' : `Compare ${String(models)} models`
    await this.page.getByRole('button', { name, exact: true }).click()
    await this.ended()
  }

  async ended(): Promise<void> {
    await expect(this.page.getByRole('tablist')).toBeVisible({ timeout: 60_000 })
  }

  async openTab(
    name:
      | 'Metrics'
      | 'Windows'
      | 'Plots'
      | 'Disagreements'
      | 'Worst rows'
      | 'Slices'
      | 'Trades'
      | 'Speed'
      | 'Run details',
  ): Promise<Locator> {
    await this.page.getByRole('tab', { name }).click()
    return this.page.getByRole('tabpanel', { name })
  }

  /** Within the tab of plots. */
  async choosePlot(name: string): Promise<void> {
    await this.page
      .getByRole('radiogroup', { name: 'Plot' })
      .getByText(name, { exact: true })
      .click()
  }

  /** The table behind a chart, by its title; the chart stands again afterwards. */
  async readChart(title: string): Promise<readonly Readonly<Record<string, string>>[]> {
    const toggle = this.page.getByRole('button', { name: `Table of ${title}`, exact: true })
    await toggle.click()
    const rows = await this.readTable(this.page.getByRole('grid', { name: `Figures of ${title}` }))
    await toggle.click()
    return rows
  }

  /** What stands beside a name in the run details. */
  async detail(name: string): Promise<string> {
    const panel = await this.openTab('Run details')
    return panel.locator(`dt:text-is("${name}") + dd`).innerText()
  }

  /** The report as the button hands it out. */
  async readReport(): Promise<Report> {
    const panel = await this.openTab('Run details')
    const downloaded = this.page.waitForEvent('download')
    await panel.getByRole('button', { name: 'Download report (JSON)' }).click()
    return JSON.parse(readFileSync(await (await downloaded).path(), 'utf8')) as Report
  }

  /** Rows of a table from top to bottom, each by the heads of its columns. */
  async readTable(grid = this.leaderboard): Promise<readonly Readonly<Record<string, string>>[]> {
    const heads = await grid.getByRole('columnheader').allInnerTexts()
    const rows = await grid.locator('tbody').getByRole('row').all()
    return Promise.all(
      rows.map(async (row) => {
        const cells = await row.locator('th, td').allInnerTexts()
        return Object.fromEntries(heads.map((head, x) => [oneLine(head), oneLine(cells[x] ?? '')]))
      }),
    )
  }

  evaluators(): readonly Worker[] {
    return this.page.workers().filter((worker) => worker.url().includes('evaluator.worker'))
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
