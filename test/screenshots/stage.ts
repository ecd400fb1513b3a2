import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Page } from 'playwright-core'
import { fromRoot } from '../../src/headless/repository.mjs'

/** What a scene is played on. */
export interface Stage {
  readonly page: Page
  readonly url: string
  /** Takes the picture `STATE-THEME-WIDTH.png`, of the whole page or of the window alone. */
  readonly shoot: (state: string, fullPage?: boolean) => Promise<void>
  /** Takes the window as a picture of the README; nothing but at the one size that it shows. */
  readonly shootForReadme: (name: string) => Promise<void>
}

/** States of the page that are reached one from the other. */
export type Scene = (stage: Stage) => Promise<void>

export interface StageFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** A file of this repository, under a name of its own where one is given. */
export function fileOf(path: string, name = basename(path)): StageFile {
  return { name, mimeType: '', buffer: readFileSync(fromRoot(path)) }
}

export function fileWith(name: string, text: string): StageFile {
  return { name, mimeType: '', buffer: Buffer.from(text) }
}

/** Without a trace of what was dropped before. */
export async function openAnew({ page, url }: Stage, fragment = ''): Promise<void> {
  await page.goto('about:blank')
  await page.goto(url + fragment)
}

export async function drop({ page }: Stage, files: readonly StageFile[]): Promise<void> {
  await page.locator('[data-automation="files"]').setInputFiles([...files])
}

/** Everything has been read. */
export async function ready({ page }: Stage, button: string): Promise<void> {
  await page.getByRole('button', { name: button, disabled: false, exact: true }).waitFor()
}

export async function compare(stage: Stage, button: string): Promise<void> {
  await ready(stage, button)
  await stage.page.getByRole('button', { name: button, exact: true }).click()
  await stage.page.getByRole('tablist').waitFor({ timeout: 120_000 })
}

export async function openTab({ page }: Stage, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click()
  const panel = page.getByRole('tabpanel', { name })
  await panel.locator(':scope > *').first().waitFor()
  await panel.getByText('Loading…').waitFor({ state: 'hidden' })
  if (name === 'Slices') await panel.getByText(/^Looked at/).waitFor()
  if (name === 'Disagreements' || name === 'Worst rows') {
    await panel.locator('[data-rows-found]', { hasText: /\d of/ }).waitFor()
  }
}

/** One picture of each plot that is offered. */
export async function shootPlots(stage: Stage, prefix: string): Promise<void> {
  const choices = stage.page.getByRole('radiogroup', { name: 'Plot' })
  await choices.waitFor()
  for (const label of await choices.locator('label').all()) {
    await label.click()
    const plot = (await label.innerText()).trim().toLowerCase().replaceAll(' ', '-')
    await stage.shoot(`${prefix}-${plot}`)
  }
}

export function slug(text: string): string {
  return text.toLowerCase().replaceAll(' ', '-')
}
