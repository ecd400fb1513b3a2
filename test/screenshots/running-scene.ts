import { readFileSync } from 'node:fs'
import { fromRoot } from '../../src/headless/repository.mjs'
import { drop, fileOf, fileWith, openAnew, ready, type Stage } from './stage'

const TIMES = 40

/** A run in its middle, stopped, left, and offered again. */
export async function runningScene(stage: Stage): Promise<void> {
  const { page, shoot } = stage
  await openAnew(stage)
  const [head = '', ...rows] = readFileSync(fromRoot('public/demo/digits.csv'), 'utf8')
    .trimEnd()
    .split('\n')
  const many = [head, ...Array.from({ length: TIMES }, () => rows).flat()].join('\n')
  await drop(stage, [
    fileOf('public/demo/digits_mlp.onnx'),
    fileOf('test/fixtures/models/digits_slow.onnx'),
    fileOf('public/demo/digits_cnn.onnx'),
    fileWith('many-digits.csv', many),
  ])
  await ready(stage, 'Compare 3 models')
  await page.getByRole('button', { name: 'Compare 3 models' }).click()
  await page.getByText('2 of 3 models finished').waitFor({ timeout: 60_000 })
  await page
    .getByText(/rows\/s/)
    .nth(1)
    .waitFor()
  await page.getByText('Run log').click()
  await shoot('running')
  await page.waitForTimeout(3_000)
  await openAnew(stage)
  await page.getByRole('button', { name: /^Resume/ }).waitFor()
  await shoot('resume-offer')
  await page.getByRole('button', { name: /^Resume/ }).click()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByRole('tablist').waitFor()
  await shoot('verdict-stopped')
}
