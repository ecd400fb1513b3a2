import { compare, drop, fileOf, fileWith, openAnew, ready, type Stage } from './stage'

/** What is dropped, read, chosen, and what does not fit. */
export async function setupScene(stage: Stage): Promise<void> {
  const { page, shoot } = stage
  await openAnew(stage)
  await page.getByRole('button', { name: 'Try it with real digits' }).click()
  await ready(stage, 'Compare 3 models')
  await shoot('setup')
  for (const part of ['Options', 'Mapping', 'Operators and metadata', /^Rows: /]) {
    await page
      .getByText(part, typeof part === 'string' ? { exact: true } : {})
      .first()
      .click()
  }
  await shoot('setup-opened')
  await page.locator('[data-column="label"]').click()
  await shoot('setup-menu', false)
  await page.keyboard.press('Escape')

  await openAnew(stage)
  await drop(stage, [
    fileWith('page.onnx', '<!doctype html>\n<html></html>\n'),
    ...['wrong_width', 'digits_label'].map((name) => fileOf(`test/fixtures/models/${name}.onnx`)),
    fileOf('public/demo/digits_mlp.onnx', 'a-model-whose-name-is-long-and-ends-in-epoch-0041.onnx'),
    fileWith('digits.csv', 'a,b\n1,2\n3,4,5\n'),
  ])
  await page.getByText('Fault').first().waitFor()
  await shoot('setup-faults')

  await openAnew(stage)
  await drop(stage, [
    ...['pets_a', 'pets_b'].map((name) => fileOf(`test/fixtures/models/${name}.onnx`)),
    fileOf('test/fixtures/images/pets.zip'),
  ])
  await ready(stage, 'Compare 2 models')
  await shoot('setup-images')
  await compare(stage, 'Compare 2 models')
  await shoot('verdict-images')
}
