import { expect, test } from '@playwright/test'
import type { Report } from '../../src/core/report'
import { fromRoot } from '../../src/headless/repository.mjs'
import { demoModel, DIGITS, fixtureModel } from './input-files'
import { runBakeoff } from './run-bakeoff'

test('a folder of images is compared as Pillow and NumPy compute it', async () => {
  const models = ['pets_a', 'pets_b'].map(fixtureModel)
  const folder = fromRoot('test/fixtures/images/pets')
  const args = ['compare', ...models, '--data', folder, '--backend', 'wasm', '--json', '-']
  const { exitCode, stdout, stderr } = await runBakeoff(args)
  expect(exitCode, stderr).toBe(0)
  const report = JSON.parse(stdout) as Report
  // As make_images.py prints them; the ninth image is cut short.
  expect(report.models.map(({ metrics }) => metrics['accuracy'])).toEqual([1, 0.875])
  expect(report.dataset.rows).toBe(8)
})

test('inspect says how a folder of images is read, and which are not', async () => {
  const args = [
    'inspect',
    fromRoot('test/fixtures/images/pets'),
    fromRoot('test/fixtures/test-data'),
  ]
  const { exitCode, stdout, stderr } = await runBakeoff(args)
  expect(exitCode, stderr).toBe(0)
  expect(stdout).toContain('read as 224 × 224 pixels, RGB, levels of ImageNet')
  expect(stdout).toContain('left out       pets/dog/5.jpg is cut short')
  expect(stdout).toContain('recorded       probabilities, answers to features')
})

const pets = [
  ...['compare', fixtureModel('pets_a'), '--data', fromRoot('test/fixtures/images/pets')],
  ...['--backend', 'wasm', '--json', '-'],
]

async function readAs(images: readonly string[]): Promise<Report> {
  const { exitCode, stdout, stderr } = await runBakeoff([...pets, ...images])
  expect(exitCode, stderr).toBe(0)
  return JSON.parse(stdout) as Report
}

test('--images says how images are read', async () => {
  const proposed = await readAs([])
  const same =
    'preset=bytes,size=8,resize=exact,layout=nchw,channels=rgb,scale=1/255,mean=0,std=1|1|1'
  const spelt = await readAs(['--images', same])
  expect(spelt.dataset.sha256).toBe(proposed.dataset.sha256)
  const other = await readAs(['--images', 'channels=bgr,preset=imagenet,resize=16'])
  expect(other.dataset.sha256).not.toBe(proposed.dataset.sha256)
  expect(other.models[0]?.metrics['logLoss']).not.toBe(proposed.models[0]?.metrics['logLoss'])
})

test('--images that do not fit end the command with 2', async () => {
  const typed = await runBakeoff([...pets, '--images', 'size=huge'])
  expect(typed.exitCode).toBe(2)
  expect(typed.stderr).toContain('size of --images is "huge".')
  const figures = await runBakeoff([...pets, '--images', 'channels=grey,mean=1|2|3'])
  expect(figures.exitCode).toBe(2)
  expect(figures.stderr).toContain('one figure per channel, which is 1 here')
  const side = await runBakeoff([...pets, '--images', 'size=8,resize=4'])
  expect(side.exitCode).toBe(2)
  expect(side.stderr).toContain('A shorter side of 4 leaves no 8 × 8 pixels')
  const table = ['compare', demoModel('digits_linear'), '--data', DIGITS, '--images', 'size=8']
  const none = await runBakeoff(table)
  expect(none.exitCode).toBe(2)
  expect(none.stderr).toContain('there are none in digits.csv')
})
