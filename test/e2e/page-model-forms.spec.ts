import { fromRoot } from '../../src/headless/repository.mjs'
import { fixtureData } from './input-files'
import { expect, test } from './page-test'

const form = (name: string) => fromRoot(`test/fixtures/forms/${name}`)

test('weights come after their model, and inputs are mapped on its card', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(form('external.onnx'), fixtureData('iris'))
  await expect(
    page.getByText(/keeps its weights in "weights.bin", which is not here/),
  ).toBeVisible()
  await bakeoff.add(form('weights.bin'))
  await expect(bakeoff.model('external')).toContainText('With its weights in weights.bin')
  await expect(page.getByText(/keeps its weights in/)).toBeHidden()

  await bakeoff.add(form('two_inputs.onnx'))
  const card = bakeoff.model('two_inputs')
  await expect(card).toContainText('no feature is named "a", "b"')
  await card.getByText('Mapping', { exact: true }).click()
  const first = card.getByLabel(/^Columns for a /)
  await first.fill('sepal_length, petal_size')
  await first.press('Tab')
  await expect(card).toContainText('No column is called petal_size.')
  await first.fill('sepal_length, petal_length')
  await first.press('Tab')
  // What is left over goes to the other input.
  await expect(card).toContainText('reads one score per class from scores')
  await card.getByLabel('Answer').selectOption({ label: 'opposite float32 [batch, 3]' })
  await expect(card).toContainText('reads one score per class from opposite')
  await card.getByLabel('Answer').selectOption({ label: 'scores float32 [batch, 3]' })
  await expect(card).toContainText('reads one score per class from scores')

  await bakeoff.compare(2)
  const report = await bakeoff.readReport()
  const [one, other] = report.models.map((model) => model.metrics['accuracy'])
  expect(one).toEqual(other)
  expect(report.models.find(({ name }) => name === 'two_inputs')?.warnings.join()).toContain(
    'Mapped by hand: a reads sepal_length, petal_length; the answer is scores.',
  )
})
