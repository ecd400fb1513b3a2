import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contentHash } from '../../src/core/content-hash'
import { demoModel, DIGITS } from './input-files'
import { expect, test } from './page-test'

test('N88 a model that changed on disk since it was dropped fails by name; the other has its figures', async ({
  bakeoff,
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'bakeoff-'))
  const changed = join(folder, 'changed.onnx')
  copyFileSync(demoModel('digits_mlp'), changed)
  await bakeoff.add(demoModel('digits_linear'), changed, DIGITS)
  await expect(page.getByRole('button', { name: 'Compare 2 models' })).toBeEnabled()
  appendFileSync(changed, 'more')
  await bakeoff.compare(2)
  const { models } = await bakeoff.readReport()
  expect(models.map(({ name, status }) => [name, status])).toEqual([
    ['digits_linear', 'ok'],
    ['changed', 'failed'],
  ])
  expect(models[1]?.error?.message).toContain(
    'could not be read: it was moved, changed or deleted since it was added',
  )
  expect(models.map(({ sha256 }) => sha256)).toEqual(
    ['digits_linear', 'digits_mlp'].map((name) => contentHash(readFileSync(demoModel(name)))),
  )
  rmSync(folder, { recursive: true })
})
