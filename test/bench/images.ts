import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { ensureBuilt } from '../../src/headless/ensure-built.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'
import { DIST, fromRoot } from '../../src/headless/repository.mjs'
import { serve } from '../../src/headless/serve'
import { zipFile } from '../fixtures/zip-builder'
import { judge } from './judge'
import type { BenchSection } from './section'

const IMAGES = 50_000
const GOAL_MIB = 1024
const SAMPLE_MS = 100
const TIMEOUT_MS = 30 * 60_000

/** Reads and compares a zip archive of tiny images on the built page, and watches the page's memory. */
export async function imagesMemory(): Promise<BenchSection> {
  if (!(await ensureBuilt())) throw new Error('The page cannot be built.')
  const folder = mkdtempSync(join(tmpdir(), 'bakeoff-images-'))
  const archive = join(folder, 'pets.zip')
  writeFileSync(archive, manyImages())
  const server = await serve({ folder: DIST })
  const executablePath = (await findChromium()) ?? undefined
  const browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: chromiumArgs('none'),
  })
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(TIMEOUT_MS)
    await page.goto(server.url)
    const idle = pageBytes()
    const read = await watched(() => addFiles(page, archive))
    const run = await watched(() => compare(page))
    const peak = Math.max(read.peak, run.peak)
    const line = (what: string, { peak: bytes, seconds }: Watched) => [
      ...[what, seconds.toFixed(0), ((seconds * 1000) / IMAGES).toFixed(1), mib(bytes)],
    ]
    return {
      title: `${IMAGES.toLocaleString('en-GB')} images`,
      method: `PNG and JPEG images of 8 to 16 pixels in a zip archive of two folders, on the built page: read (each is decoded once), then answered by one model. Memory is the resident memory of the page's process with its workers, sampled every ${String(SAMPLE_MS)} ms; ${mib(idle)} MiB before.`,
      header: ['', 'seconds', 'ms per image', 'peak MiB'],
      rows: [line('read', read), line('answered', run)],
      verdicts: [judge('Peak memory in MiB', peak / 2 ** 20, { atMost: GOAL_MIB })],
    }
  } finally {
    await browser.close()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Two images, again and again under other names. */
function manyImages(): Uint8Array {
  const images = ['cat/1.png', 'dog/1.jpg'].map((path) => {
    const [folder = '', ending = ''] = path.split('/1.')
    const bytes = new Uint8Array(readFileSync(fromRoot(`test/fixtures/images/pets/${path}`)))
    return { folder, ending, bytes }
  })
  const parts = Array.from({ length: IMAGES / images.length }, (_, index) =>
    images.map(({ folder, ending, bytes }) => ({
      ...{ name: `pets/${folder}/${String(index)}.${ending}`, bytes, method: 0 },
    })),
  )
  return zipFile(parts.flat())
}

async function addFiles(page: Page, archive: string): Promise<void> {
  const model = fromRoot('test/fixtures/models/pets_a.onnx')
  await page.setInputFiles('input[data-automation="files"]', [model, archive])
  const failures = await page.evaluate(
    async () => (await window.bakeoff?.settled())?.failures ?? [],
  )
  if (failures.length > 0) throw new Error(JSON.stringify(failures))
}

async function compare(page: Page): Promise<void> {
  const rows = await page.evaluate(async () => {
    const outcome = await window.bakeoff?.run()
    return outcome?.ok === true ? outcome.value.report.dataset.rows : null
  })
  if (rows !== IMAGES) throw new Error(`${String(rows)} rows were compared`)
}

interface Watched {
  readonly seconds: number
  /** Bytes. */
  readonly peak: number
}

async function watched(work: () => Promise<void>): Promise<Watched> {
  let peak = pageBytes()
  const timer = setInterval(() => {
    peak = Math.max(peak, pageBytes())
  }, SAMPLE_MS)
  const start = performance.now()
  try {
    await work()
    return { seconds: (performance.now() - start) / 1000, peak }
  } finally {
    clearInterval(timer)
  }
}

/** Resident memory of the largest renderer that this process has started; Linux alone tells it. */
function pageBytes(): number {
  const parents = new Map<number, number>()
  const sizes = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      const field = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1])
      parents.set(Number(name), field('PPid'))
      const isPage = readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=renderer')
      if (isPage) sizes.set(Number(name), field('VmRSS') * 1024)
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (pid: number): boolean =>
    pid === process.pid || (pid > 1 && isOurs(parents.get(pid) ?? 0))
  return Math.max(0, ...[...sizes].flatMap(([pid, bytes]) => (isOurs(pid) ? [bytes] : [])))
}

function mib(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0)
}
