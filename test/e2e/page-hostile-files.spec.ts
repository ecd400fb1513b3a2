import { readFileSync } from 'node:fs'
import { attribute, DataType, floats, model, node, value } from '../fixtures/onnx-builder'
import { fixtureModel, fixtureData, madeUp, type InputFile } from './input-files'
import { expect, test } from './page-test'

/** Names as an attacker chooses them. */
const MARKUP = '<img src=x onerror="globalThis.ran=1">'
const SCRIPT = '</style></script><script>globalThis.ran=1</script>'
const TURNED = '\u202egnp.xy'
const LONG = 'n'.repeat(2 ** 20)

/** Scores of four classes from the columns `__proto__`, `constructor` and one of markup. */
function hostileModel(name: string, output: string, sign: number): InputFile {
  const columns = ['__proto__', 'constructor', SCRIPT]
  const bytes = model({
    nodes: [
      { ...node('Concat', columns, ['all'], [attribute.int('axis', 1)]), name: LONG },
      { ...node('MatMul', ['all', 'weights'], [output]), name: MARKUP },
    ],
    inputs: columns.map((column) => value(column, DataType.FLOAT, ['N', 1])),
    outputs: [value(output, DataType.FLOAT, ['N', 4])],
    tensors: [floats('weights', [3, 4], [sign, 0, 0, 0, 0, sign, 0, 0, 0, 0, sign, 0])],
  })
  return madeUp(name, bytes)
}

const LABELS = [MARKUP, SCRIPT, '__proto__', 'constructor']
const quotedCell = (text: string) => `"${text.replaceAll('"', '""')}"`

function hostileTable(): InputFile {
  const rows = Array.from({ length: 90 }, (_, row) => {
    const values = [0, 1, 2].map((column) => String(column === row % 3 ? 5 + (row % 4) : row % 5))
    return [...values, '1', quotedCell(LABELS[row % 7 === 0 ? 3 : row % 3] ?? '')].join()
  })
  const head = ['__proto__', 'constructor', SCRIPT, TURNED, 'label'].map(quotedCell).join()
  return madeUp(`${MARKUP}.csv`, [head, ...rows].join('\n'))
}

test('E41, H67 hostile names are texts in cards, tables, charts, report and export', async ({
  bakeoff,
  page,
}) => {
  const said: string[] = []
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => said.push(dialog.message())))
  await bakeoff.add(
    hostileModel(`${MARKUP}.onnx`, MARKUP, 1),
    hostileModel(`${TURNED}${'m'.repeat(200)}.onnx`, LONG, -1),
    hostileTable(),
  )
  const calm = async () => {
    expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false)
    expect(await page.locator('main img[src="x"], main script, main style').count()).toBe(0)
    const text = await page.locator('body').innerText()
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\0]/)
    expect(text.length).toBeLessThan(60_000)
    const wide = () =>
      [...document.querySelectorAll('main *')]
        .filter((one) => one.getBoundingClientRect().right > innerWidth && !one.closest('.scroll'))
        .map((one) => `${one.tagName} ${one.className} ${(one.textContent ?? '').slice(0, 40)}`)
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) {
      expect(await page.evaluate(wide)).toEqual([])
    }
  }
  await expect(page.getByRole('button', { name: 'Compare 2 models' })).toBeEnabled()
  await expect(page.getByText('__proto__').first()).toBeVisible()
  await calm()
  await bakeoff.compare(2)
  await expect(bakeoff.heading).toContainText('<img src=x onerror=')
  for (const tab of ['Metrics', 'Plots', 'Disagreements', 'Slices', 'Run details'] as const) {
    await bakeoff.openTab(tab)
    await calm()
  }
  await bakeoff.openTab('Plots')
  for (const plot of await page
    .getByRole('radiogroup', { name: 'Plot' })
    .getByRole('radio')
    .all()) {
    await plot.check({ force: true })
    await calm()
  }
  const report = await bakeoff.readReport()
  expect(report.task.classes).toEqual(expect.arrayContaining(LABELS))
  expect(report.models.map(({ status }) => status)).toEqual(['ok', 'ok'])
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(said).toEqual([])
})

test('G58 malformed rows end the reading, and are left out where the user says so', async ({
  bakeoff,
  page,
}) => {
  const [head = '', ...rows] = readFileSync(fixtureData('iris'), 'utf8').trimEnd().split('\n')
  const broken = [head, rows[0] ?? '', '1,2', ...rows.slice(1), '5.1,3.5,1.4,0.2,"setosa'].join(
    '\n',
  )
  await bakeoff.add(fixtureModel('iris_softmax'), madeUp('broken.csv', broken))
  await expect(page.getByText('"broken.csv" opens a quote in line')).toBeVisible()
  await expect(page.getByText(/Or leave them out: 2 of 77 rows are malformed\./)).toBeVisible()
  await page.getByRole('button', { name: 'Leave out 2 rows' }).click()
  await expect(
    page.getByText('2 malformed rows were left out, as chosen: lines 3 and 78.'),
  ).toBeVisible()
  await bakeoff.compare(1)
  await expect(bakeoff.heading).toHaveText('iris_softmax reaches 0.95 accuracy on 75 rows.')
})
