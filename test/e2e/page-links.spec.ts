import { readFileSync } from 'node:fs'
import type { BrowserContext, Page, Route } from '@playwright/test'
import { contentHash } from '../../src/core/content-hash'
import { DEFAULT_SETTINGS } from '../../src/core/evaluation'
import { writeFragment } from '../../src/report/link-fragment'
import { expectAccessible } from './expect-accessible'
import { BakeoffPage } from './bakeoff-page'
import { demoModel, DIGITS } from './input-files'
import { expect, test } from './served'

const PATHS = [demoModel('digits_linear'), demoModel('digits_mlp'), DIGITS]
const HOST = 'https://models.example/'

const files = PATHS.map((path) => {
  const bytes = readFileSync(path)
  const address = HOST + path.replace(/^.*\//, '')
  return { address, sha256: contentHash(bytes), bytes: bytes.length }
})
const setup = {
  choices: { metric: 'logLoss', target: 'label' },
  settings: { ...DEFAULT_SETTINGS, seed: 7 },
  baseline: 'digits_linear',
}

type Answer = (route: Route, name: string) => Promise<void>

const CORS = { 'Access-Control-Allow-Origin': '*' }
const hand: Answer = (route, name) =>
  route.fulfill({
    headers: CORS,
    body: readFileSync(PATHS.find((path) => path.endsWith(name)) ?? DIGITS),
  })

/** Every https host, answered by the test. Tells what the page asked for. */
async function intercept(context: BrowserContext, answer: Answer = hand) {
  const asked: { url: string; headers: Record<string, string> }[] = []
  let current = answer
  await context.route(/^https:/, async (route) => {
    const request = route.request()
    asked.push({ url: request.url(), headers: request.headers() })
    await current(route, request.url().replace(/^.*\//, ''))
  })
  return {
    asked,
    answer: (next: Answer) => {
      current = next
    },
  }
}

async function open(page: Page, url: string, fragment: string): Promise<BakeoffPage> {
  // A new document, as from outside.
  await page.goto('about:blank')
  await page.goto(url + fragment)
  return new BakeoffPage(page, url)
}

test('L85, M86 a comparison by link shows what it would fetch, waits, fetches and runs', async ({
  context,
  page,
  served,
}) => {
  const net = await intercept(context)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const fragment = writeFragment('comparison', { files, setup })
  const bakeoff = await open(page, served.url, fragment)
  await expect(bakeoff.heading).toHaveText('A comparison by link')
  await expect(
    page.getByText('3 files, 192 kB in all, would come from models.example'),
  ).toBeVisible()
  await expectAccessible(page, 'a comparison by link')
  expect(net.asked).toEqual([])
  await page.getByRole('button', { name: 'Fetch 3 files' }).click()
  await bakeoff.compare(2)
  expect(net.asked.map(({ url }) => url).toSorted()).toEqual(
    files.map(({ address }) => address).toSorted(),
  )
  for (const { headers } of net.asked) {
    expect(headers['cookie']).toBeUndefined()
    expect(headers['referer']).toBeUndefined()
  }
  const report = await bakeoff.readReport()
  expect(report.primaryMetric.id).toBe('logLoss')
  expect(report.task.settings).toMatchObject({ seed: 7, baseline: 'digits_linear' })
  expect(report.models.map(({ sha256 }) => sha256)).toEqual(
    files.slice(0, 2).map(({ sha256 }) => sha256),
  )

  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByRole('button', { name: 'To run it again' }).click()
  await expect(page.getByText(/^Copied: a link of/)).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.goto('about:blank')
  await page.goto(link)
  await expect(page.getByText(/Asked for: .*metric logLoss.*baseline digits_linear/)).toBeVisible()
})

test('M86 what cannot be fetched is named with its reason, and tried again', async ({
  context,
  page,
  served,
}) => {
  const net = await intercept(context, async (route, name) => {
    if (name === 'digits_linear.onnx') await route.fulfill({ status: 404, headers: CORS })
    else if (name === 'digits_mlp.onnx')
      await route.fulfill({
        headers: { 'Access-Control-Allow-Origin': 'https://other.example' },
        body: 'for another site',
      })
    else await route.fulfill({ headers: CORS, body: 'a,b\n1,2\n' })
  })
  await open(page, served.url, writeFragment('comparison', { files, setup }))
  await page.getByRole('button', { name: 'Fetch 3 files' }).click()
  await expect(page.getByText('models.example has no such file (HTTP status 404)')).toBeVisible()
  await expect(page.getByText('does not let other sites read its files (CORS)')).toBeVisible()
  await expect(
    page.getByText('"digits.csv" is not the file that the link was made with'),
  ).toBeVisible()
  await expectAccessible(page, 'files that were not fetched')
  net.answer(hand)
  await page.getByRole('button', { name: 'Fetch what is missing' }).click()
  await expect(page.getByRole('button', { name: 'Compare 2 models' })).toBeVisible()
})

test('L85 links that ask for what they may not are refused, and nothing is fetched', async ({
  context,
  page,
  served,
}) => {
  const net = await intercept(context)
  const [model] = files
  const to = (address: string) =>
    writeFragment('comparison', { files: [{ ...model, address }], setup })
  const cases = [
    [to('javascript:alert(1)'), 'it is javascript, not https'],
    [to('https://192.168.1.1/m.onnx'), 'its host is not on the public internet'],
    [to('https://2130706433/m.onnx'), 'its host is not on the public internet'],
    [to('https://user:pass@models.example/m.onnx'), 'a user name or a password'],
    ['#comparison/9/abc.00000000', 'This link is of version 9'],
    [`#result/1/${'A'.repeat(1_500_000)}`, 'a link of Bakeoff has up to'],
    ['#result/1/AAAA.00000000', 'This is no link that can be read'],
    [
      writeFragment('result', { report: { __proto__: 1 }, omitted: [] }),
      'does not name the schema',
    ],
  ] as const
  for (const [fragment, why] of cases) {
    const { heading } = await open(page, served.url, fragment)
    await expect(heading).toHaveText('This link is not opened')
    await expect(page.getByRole('main')).toContainText(why)
  }
  await page.getByRole('button', { name: 'Go on without it' }).click()
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
  expect(new URL(page.url()).hash).toBe('')
  expect(net.asked).toEqual([])
})

test('L85, N88 a result by link shows its verdict and fetches nothing', async ({
  context,
  page,
  served,
}) => {
  const net = await intercept(context)
  await page.goto(served.url)
  const bakeoff = new BakeoffPage(page, served.url)
  await bakeoff.add(...PATHS)
  await bakeoff.compare(2)
  const verdict = await bakeoff.heading.innerText()
  const { models } = await bakeoff.readReport()
  // The clipboard is refused: the link stands there to be copied by hand.
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
  })
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByRole('button', { name: 'To this result' }).click()
  const field = page.getByLabel('The clipboard was refused')
  const link = await field.inputValue()
  await expectAccessible(page, 'a link to copy by hand')
  await page.goto('about:blank')
  await page.goto(link)
  await expect(bakeoff.heading).toHaveText(verdict)
  await expect(page.getByText('Opened from a link')).toBeVisible()
  const opened = await bakeoff.readReport()
  expect(opened.models.map(({ metrics }) => metrics)).toEqual(models.map(({ metrics }) => metrics))
  expect(net.asked).toEqual([])
})

test('files are added from addresses', async ({ context, page, served }) => {
  await intercept(context)
  await page.goto(served.url)
  const bakeoff = new BakeoffPage(page, served.url)
  await page.getByRole('button', { name: 'Add from addresses' }).click()
  const field = page.getByLabel('Addresses of models and data')
  await field.fill('http://models.example/a.onnx')
  await page.getByRole('button', { name: 'Fetch', exact: true }).click()
  await expect(page.getByText('it is http, not https')).toBeVisible()
  await field.fill(files.map(({ address }) => address).join('\n'))
  await expectAccessible(page, 'addresses')
  await page.getByRole('button', { name: 'Fetch', exact: true }).click()
  await expect(bakeoff.runButton).toHaveText('Compare 2 models')
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible()
})
