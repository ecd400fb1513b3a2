import { readFileSync } from 'node:fs'
import { demoModel, DIGITS, fixtureData, fixtureModel, madeUp } from './input-files'
import { expect, test } from './page-test'
import { runBakeoff } from './run-bakeoff'
import reference from '../reference/parity.expected.json' with { type: 'json' }

/** The pixels alone: no column is left to be a target. */
function pixels() {
  const rows = readFileSync(DIGITS, 'utf8').trimEnd().split('\n')
  return madeUp('pixels.csv', rows.map((row) => row.slice(0, row.lastIndexOf(','))).join('\n'))
}

test('a quantised model is held against its original in one drop, down to the rows', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(fixtureModel('digits_mlp_int8'), demoModel('digits_mlp'), pixels())
  await bakeoff.compare(2)
  const { rows, changedRows, worstRows } = reference.digits
  expect(changedRows).toHaveLength(1)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    /^digits_mlp_int8 agrees with digits_mlp on 99\.8.% of 629 rows .*: 1 row changes class; largest difference 12\.7/,
  )
  const verdict = await bakeoff.heading.innerText()
  // Answers that are kept come in any order: what needs the baseline waits for it.
  await page.getByRole('button', { name: 'Change setup' }).click()
  await bakeoff.compare(2)
  await expect(bakeoff.heading).toHaveText(verdict)
  await expect(page.getByText('all answers kept')).toBeVisible()
  const panel = await bakeoff.openTab('Worst rows')
  await expect(panel.getByRole('button', { name: /^Class changes/ })).toContainText('1')
  const table = page.getByRole('table', { name: 'Rows of the comparison' })
  await expect(table).toHaveAttribute('aria-rowcount', String(rows + 1))
  await expect(table.getByTitle('Show the whole row').first()).toHaveText(String(worstRows[0]))
  await panel.getByRole('button', { name: /^Class changes/ }).click()
  await expect(table.getByTitle('Show the whole row').first()).toHaveText(String(changedRows[0]))
  const plots = await bakeoff.openTab('Plots')
  await expect(plots.getByLabel(/^Histogram of the largest difference/)).toBeVisible()
})

test('a baseline that fails takes the figures of the others with it, by name', async () => {
  const { exitCode, stdout, stderr } = await runBakeoff([
    ...['compare', fixtureModel('iris_softmax'), fixtureModel('unknown_operator')],
    ...['--data', fixtureData('iris'), '--task', 'parity', '--baseline', 'unknown_operator'],
  ])
  expect(exitCode, stderr).toBe(3)
  expect(stdout + stderr).toContain(
    'There is nothing to compare it with: the baseline unknown_operator.onnx failed.',
  )
})
