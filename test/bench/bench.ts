import { cpSync, writeFileSync } from 'node:fs'
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
import { poolGain } from './pool-gain'
import { recovery } from './recovery'
import type { BenchSection } from './section'
import { writeModels } from './write-models'

/**
 * `npm run bench [-- NAME…]`: ratios measured in one run, interleaved, on built output in Chromium.
 * The table goes to the terminal and, when every section ran, to `RESULTS.md`.
 */
const SECTIONS: Record<string, (page: Page) => Promise<BenchSection>> = {
  'harness-cost': harnessCost,
  'auto-batch': autoBatch,
  'pool-gain': poolGain,
  policies: policySpeed,
  recovery,
  data: dataSpeed,
  images: imagesMemory,
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
  const sections: string[] = []
  for (const [name, measure] of Object.entries(SECTIONS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    console.error(`Measuring ${name} …`)
    const text = format(await measure(page))
    console.log(text)
    sections.push(text)
  }
  if (wanted.length === 0) {
    const conditions = [
      `Made by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}.`,
      `${cpus()[0]?.model ?? 'unknown processor'}, ${String(cpus().length)} cores, shared with other work;`,
      `Chromium ${browser.version()}, cross-origin isolated: ${isIsolated ? 'yes' : 'no'};`,
      `ONNX Runtime Web 1.30.0, WASM. Only ratios within one run are meant to be read.`,
    ]
    const text = `# Measured\n\n${conditions.join('\n')}\n\n${sections.join('\n')}`
    writeFileSync(fromRoot('test/bench/RESULTS.md'), text)
  }
} finally {
  await browser.close()
  await server.close()
}

function format({ title, method, header, rows, verdicts }: BenchSection): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    `## ${title}`,
    '',
    method,
    '',
    line(header),
    line(header.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(line),
    '',
    ...verdicts.map((verdict) => `- ${verdict}`),
    '',
  ].join('\n')
}
