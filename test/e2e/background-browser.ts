import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'
import { descendants, killAll } from './process-tree'
import { expect } from './served'

/**
 * Chromium as its users have it. Playwright's own launch tells every tab that it is in front and
 * has the focus, so that none is ever hidden, slowed down or frozen.
 */
export class BackgroundBrowser {
  private constructor(
    private readonly pid: number,
    private readonly profile: string,
    readonly page: Page,
  ) {}

  static async launch(): Promise<BackgroundBrowser> {
    const executable = await findChromium()
    if (executable === null) throw new Error('no Chromium')
    const profile = mkdtempSync(join(tmpdir(), 'bakeoff-'))
    const args = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`]
    const { pid = 0 } = spawn(executable, [...chromiumArgs('none'), ...args], { stdio: 'ignore' })
    const portFile = join(profile, 'DevToolsActivePort')
    await expect(() => readFileSync(portFile, 'utf8')).toPass({ timeout: 30_000 })
    const [port = ''] = readFileSync(portFile, 'utf8').split('\n')
    const browser = await connect(`http://127.0.0.1:${port}`)
    const page = browser.contexts()[0]?.pages()[0]
    if (page === undefined) throw new Error('a browser without a tab')
    return new BackgroundBrowser(pid, profile, page)
  }

  /** Another tab comes to the front. */
  async hide(): Promise<void> {
    const other = await this.page.context().newPage()
    await other.bringToFront()
    await this.page.waitForFunction(() => document.hidden, null, { polling: 50 })
  }

  async show(): Promise<void> {
    await this.page.bringToFront()
    await this.page.waitForFunction(() => !document.hidden, null, { polling: 50 })
  }

  /** The browser freezes a tab that is hidden, its workers included. */
  async setLifecycle(state: 'frozen' | 'active'): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page)
    await session.send('Page.setWebLifecycleState', { state })
    await session.detach()
  }

  /** The lid of a laptop: every process stands still, the clock goes on. */
  async sleep(ms: number): Promise<void> {
    const pids = [this.pid, ...descendants(this.pid)]
    for (const pid of pids) process.kill(pid, 'SIGSTOP')
    await new Promise((resolve) => setTimeout(resolve, ms))
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  }

  async close(): Promise<void> {
    await this.page.context().browser()?.close()
    killAll([this.pid, ...descendants(this.pid)])
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** A browser that has only just opened its port may leave the first connection unanswered. */
async function connect(url: string, attempts = 3): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(url, { noDefaults: true, timeout: 10_000 })
  } catch (error) {
    if (attempts <= 1) throw error
    return connect(url, attempts - 1)
  }
}
