import { expect, test } from '@playwright/test'
import type { Report } from '../../src/core/report'
import { fromRoot } from '../../src/headless/repository.mjs'
import { fixtureModel } from './input-files'
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
