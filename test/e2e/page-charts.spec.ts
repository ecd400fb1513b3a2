import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { demoModel, DIGITS } from './input-files'
import { expect, test } from './page-test'

/** Downloads a chart from its menu by the keyboard, and reads the file. */
async function download(page: Page, title: string, kind: string): Promise<Buffer> {
  await page.getByRole('button', { name: `Download ${title}` }).press('Enter')
  const menu = page.getByRole('menu', { name: `Download ${title}` })
  await expect(menu.getByRole('menuitem').first()).toBeFocused()
  const started = page.waitForEvent('download')
  await menu.getByRole('menuitem', { name: kind }).press('Enter')
  const file = await started
  expect(file.suggestedFilename()).toMatch(new RegExp(`^[a-z0-9_-]+\\.${kind.toLowerCase()}$`))
  return readFileSync(await file.path())
}

/** What an image element makes of an SVG text: without errors, with something on it. */
async function inkOf(page: Page, svg: string): Promise<{ width: number; colours: number }> {
  return page.evaluate(async (text) => {
    const image = new Image()
    image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0)
    const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    const colours = new Set<number>()
    for (let at = 0; at < pixels.length; at += 4) {
      colours.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0))
    }
    return { width: canvas.width, colours: colours.size }
  }, svg)
}

/** The size in the header of a PNG. */
function pngWidth(png: Buffer): number {
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  return png.readUInt32BE(16)
}

async function spoken(chart: Locator): Promise<string> {
  return chart.locator('[aria-live]').innerText()
}

test('charts are read by pointer and keys, shown as tables, kept as files', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(demoModel('digits_linear'), demoModel('digits_cnn'), DIGITS)
  await bakeoff.compare(2)
  const plots = await bakeoff.openTab('Plots')

  // One model has one colour in every chart; the best one stands first.
  const accuracy = plots.getByRole('application', { name: /^Accuracy, n = 629/ })
  await accuracy.press('ArrowDown')
  expect(await spoken(accuracy)).toMatch(/^digits_cnn 0\.98/)
  await accuracy.press('ArrowDown')
  expect(await spoken(accuracy)).toMatch(/^digits_linear 0\.93/)

  await bakeoff.choosePlot('Confusion')
  const matrix = plots.getByRole('application', { name: /^Confusion matrix of digits_linear/ })
  await matrix.press('ArrowRight')
  await matrix.press('End')
  for (let row = 0; row < 9; row += 1) await matrix.press('ArrowDown')
  expect(await spoken(matrix)).toBe('9 answered as 9; digits_linear 56 of 63, 88.9\u202f%')
  await expect(matrix.getByText('9 answered as 9', { exact: true })).toBeVisible()
  await matrix.press('Escape')
  await expect(matrix.getByText('9 answered as 9', { exact: true })).toBeHidden()
  await expect(bakeoff.heading).toContainText('digits_cnn')

  const box = (await matrix.locator('svg').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await page.mouse.move(box.x + box.width - 12, box.y + box.height - 12)
  await expect(matrix.getByText('56 of 63, 88.9\u202f%')).toBeVisible()
  expect(await spoken(matrix)).toBe('')

  await plots.getByLabel('Show').selectOption('Difference to a model')
  await expect(plots.getByLabel('Held against')).toHaveValue('digits_linear')
  const nines = (await bakeoff.readChart('digits_cnn')).filter((cell) => cell['True class'] === '9')
  expect(nines[9]).toMatchObject({ Rows: '62', 'Rows, digits_linear': '56' })

  const csv = (await download(page, 'digits_cnn', 'CSV')).toString()
  expect(csv.split('\r\n')[100]).toMatch(/^9,9,62,0\.984\d+,56$/)
  const svg = (await download(page, 'digits_cnn', 'SVG')).toString()
  expect(svg).not.toMatch(/var\(|color-mix|url\(/)
  const drawn = await inkOf(page, svg)
  expect(drawn.width).toBe(800)
  expect(drawn.colours).toBeGreaterThan(20)
  expect(pngWidth(await download(page, 'digits_cnn', 'PNG'))).toBe(1600)
})
