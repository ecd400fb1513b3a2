import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { fixtureModel } from './input-files'
import { expect, test } from './page-test'

/** Milliseconds between frames of the page, of which 95 in 100 are shorter, while something is read. */
async function frameP95(page: Page, act: () => Promise<void>): Promise<number> {
  const frames = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = []
        let last = performance.now()
        const step = (now: number) => {
          gaps.push(now - last)
          last = now
          if (document.body.dataset['measured'] === 'yes') resolve(gaps)
          else requestAnimationFrame(step)
        }
        document.body.dataset['measured'] = 'no'
        requestAnimationFrame(step)
      }),
  )
  await act()
  await page.evaluate(() => (document.body.dataset['measured'] = 'yes'))
  const gaps = (await frames).sort((a, b) => a - b)
  return gaps[Math.floor(gaps.length * 0.95)] ?? Infinity
}

test('H68 100 000 columns, a row without end and a million classes: limit named, page fluid', async ({
  bakeoff,
  page,
}, testInfo) => {
  const path = (name: string, text: string) => {
    const file = testInfo.outputPath(name)
    writeFileSync(file, text)
    return file
  }
  const columns = Array.from({ length: 100_000 }, (_, i) => `c${String(i)}`).join()
  const wide = path('wide.csv', `${columns}\n`)
  const endless = path('endless.csv', `a,b\n1,2\n3,"${'x\n'.repeat(20 * 2 ** 20)}`)
  const rows = Array.from(
    { length: 1_000_000 },
    (_, i) => `${String(i % 9)},1,2,3,label ${String(i)}`,
  )
  const classes = path('classes.csv', `a,b,c,d,label\n${rows.join('\n')}\n`)

  const idle = await frameP95(page, () => page.waitForTimeout(1_000))
  const busy = await frameP95(page, async () => {
    await bakeoff.add(wide)
    await expect(page.getByText('has 100000 columns; 16384 is the most.')).toBeVisible()
    await bakeoff.add(endless)
    await expect(page.getByText(/more than 16 MiB that starts in line 3/)).toBeVisible()
    await bakeoff.add(fixtureModel('iris_softmax'), classes)
    await expect(page.getByText(/1\u202f000\u202f000 rows/).first()).toBeVisible({
      timeout: 60_000,
    })
    await expect(
      page.getByText(/more than 10000 different values, too many for classes/).first(),
    ).toBeVisible()
  })
  expect(busy, `idle ${String(idle)} ms`).toBeLessThan(Math.max(50, 2 * idle))
})
