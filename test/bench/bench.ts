import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'
import { CACHE, fromRoot } from '../../src/headless/repository.mjs'
import { serve } from '../../src/headless/serve'
import { autoBatch } from './auto-batch'
import { dataSpeed } from './data-speed'
import { harnessCost } from './harness-cost'
import { imagesMemory } from './images'
import { policySpeed } from './policy-speed'
import { memory } from './memory'
import { poolGain } from './pool-gain'
import { recovery } from './recovery'
import type { BenchSection } from './section'
import { writeModels } from './write-models'

/**
 * `npm run bench [-- NAME…]`: ratios measured in one run, interleaved, on built output in Chromium.
 * The tables go to the terminal and into `RESULTS.md`, each in place of its last.
 */
const SECTIONS: Record<string, (page: Page) => Promise<BenchSection>> = {
  'harness-cost': harnessCost,
  'auto-batch': autoBatch,
  'pool-gain': poolGain,
  policies: policySpeed,
  recovery,
  data: dataSpeed,
  images: imagesMemory,
  memory,
}

const wanted = process.argv.slice(2)
const outDir = join(CACHE, 'bench')
await build({
  configFile: fromRoot('test/bench/vite.config.ts'),
  logLevel: 'error',
  build: { outDir, emptyOutDir: true },
})
writeModels(join(outDir, 'bench'))
cpSync(fromRoot('test/fixtures/policies'), join(outDir, 'test-policies'), { recursive: true })
const server = await serve({ folder: outDir })
const executablePath = await findChromium()
if (executablePath === null) throw new Error('The bench needs Chromium.')
const browser = await chromium.launch({ executablePath, args: chromiumArgs('none') })
try {
  const page = await browser.newPage()
  await page.goto(server.url)
  const isIsolated = await page.evaluate(() => crossOriginIsolated)
  const conditions = [
    `${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? 'unknown processor'}, ${String(cpus().length)} cores, shared with other work;`,
    `Chromium ${browser.version()}, cross-origin isolated: ${isIsolated ? 'yes' : 'no'}.`,
  ]
  for (const [name, measure] of Object.entries(SECTIONS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    console.error(`Measuring ${name} …`)
    const section = await measure(page)
    const text = format(section, conditions.join(' '))
    console.log(text)
    const results = fromRoot('test/bench/RESULTS.md')
    writeFileSync(results, withSection(readFileSync(results, 'utf8'), section.title, text))
  }
} finally {
  await browser.close()
  await server.close()
}

/** The results with this section in place of its last, or at the end. */
function withSection(results: string, title: string, text: string): string {
  const start = results.indexOf(`## ${title}\n`)
  if (start < 0) return `${results.trimEnd()}\n\n${text}`
  const next = results.indexOf('\n## ', start)
  return results.slice(0, start) + text + (next < 0 ? '' : results.slice(next))
}

function format(
  { title, method, header, rows, verdicts }: BenchSection,
  conditions: string,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    `## ${title}`,
    '',
    method,
    '',
    conditions,
    '',
    line(header),
    line(header.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(line),
    '',
    ...verdicts.map((verdict) => `- ${verdict}`),
    '',
  ].join('\n')
}
