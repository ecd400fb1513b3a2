import { readFileSync } from 'node:fs'
import { attribute, DataType, floats, model, node, value } from '../fixtures/onnx-builder'
import { fixtureData, fixtureModel, madeUp, type InputFile } from './input-files'
import { expect, test } from './page-test'

const IRIS = fixtureData('iris')
const GOOD = fixtureModel('iris_softmax')

/** Wants texts for numbers. */
const stringInput = model({
  nodes: [node('Identity', ['features'], ['out'])],
  inputs: [value('features', DataType.STRING, ['N', 4])],
  outputs: [value('out', DataType.STRING, ['N', 4])],
})

/** Wants whole numbers; the columns of iris have decimals. */
const integerInput = model({
  nodes: [
    node('Cast', ['features'], ['floats'], [attribute.int('to', DataType.FLOAT)]),
    node('MatMul', ['floats', 'weights'], ['scores']),
  ],
  tensors: [floats('weights', [4, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1])],
  inputs: [value('features', DataType.INT64, ['N', 4])],
  outputs: [value('scores', DataType.FLOAT, ['N', 3])],
})

const HTML = '<!doctype html>\n<html><head><title>Sign in</title></head><body></body></html>\n'

interface Case {
  readonly what: string
  readonly file: () => InputFile
  readonly message: string | RegExp
  readonly advice: string
  /** Whether the file becomes a card that says so, or a notice. */
  readonly isCard?: boolean
}

const CASES: readonly Case[] = [
  {
    what: 'cut short',
    file: () => madeUp('cut.onnx', readFileSync(GOOD).subarray(0, 200)),
    message: '"cut.onnx" cannot be read as ONNX: it is cut short or damaged.',
    advice: 'Copy or download the file again, or export the model once more.',
  },
  {
    what: 'empty',
    file: () => madeUp('empty.onnx', ''),
    message: '"empty.onnx" is empty (0 bytes).',
    advice: 'Copy or export the file again.',
  },
  {
    what: 'a web page',
    file: () => madeUp('page.onnx', HTML),
    message: /"page\.onnx" is not an ONNX model: this is .*HTML/,
    advice: 'Choose the .onnx file itself, or export the model to ONNX.',
  },
  {
    what: 'of an unknown operator domain',
    file: () => fixtureModel('unknown_domain'),
    message: /"unknown_domain\.onnx" uses the operator .* which ONNX Runtime Web does not have\./,
    advice: 'Export the model with standard ONNX operators only.',
  },
  {
    what: 'of the wrong dtype',
    file: () => madeUp('texts.onnx', stringInput),
    message:
      'texts.onnx reads texts at "features", and the feature "sepal_length" holds fractions.',
    advice: 'Leave "sepal_length" out under Features.',
    isCard: true,
  },
  {
    what: 'of a dtype that the data do not fit',
    file: () => madeUp('whole.onnx', integerInput),
    message:
      /whole\.onnx reads "features" as int64, which cannot hold \d\.\d \(column "\w+", data row \d+\)\./,
    advice: 'or export the model with a float32 input.',
    isCard: true,
  },
  {
    what: 'of the wrong shape',
    file: () => fixtureModel('wrong_width'),
    message:
      'wrong_width.onnx wants 13 features (float32 [N, 13]), the data has 4 numeric columns.',
    advice:
      'Pick the 9 missing columns under Features; a column that holds text or is the target does not count.',
    isCard: true,
  },
]

test('each model that cannot take part says why and what next; the others run', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(GOOD, IRIS)
  for (const { what, file, message, advice, isCard } of CASES) {
    await test.step(what, async () => {
      await bakeoff.add(file())
      const where = isCard === true ? page.getByRole('article') : page.locator('main')
      const said = where.locator('p').filter({ hasText: message })
      await expect(said).toBeVisible()
      await expect(said).toContainText(advice)
    })
  }
  await bakeoff.compare(1)
  await expect(bakeoff.heading).toHaveText('iris_softmax reaches 0.95 accuracy on 75 rows.')
  await expect(page.getByText(/^Took no part: cut\.onnx, empty\.onnx, page\.onnx/)).toBeVisible()
})

test('an operator that the runtime lacks costs only its model', async ({ bakeoff }) => {
  await bakeoff.add(fixtureModel('unknown_operator'), GOOD, IRIS)
  await bakeoff.compare(2)
  await expect(bakeoff.heading).toHaveText('iris_softmax reaches 0.95 accuracy on 75 rows.')
  await expect(bakeoff.leaderboard.getByRole('row', { name: 'unknown_operator' })).toContainText(
    'unknown_operator.onnx uses the operator FooBar (node "FooBar_scores"), of version 17 of its operator set, which the runtime does not have on WASM. Export the model again, from a framework that writes standard ONNX operators.',
  )
  const report = await bakeoff.readReport()
  expect(report.models.map(({ status }) => status)).toEqual(['failed', 'ok'])
  expect(report.models[0]?.error?.code).toBe('operator-unknown')
})

test('a table in place of a model and a picture in place of data', async ({ bakeoff, page }) => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUg==', 'base64')
  await bakeoff.add(GOOD, IRIS)
  await bakeoff.add(madeUp('iris.onnx', readFileSync(IRIS)))
  await expect(
    page.getByText('"iris.onnx" is not an ONNX model: this is a text file.'),
  ).toBeVisible()
  await bakeoff.add(madeUp('picture.csv', png))
  await expect(page.getByText(/"?picture\.csv"? .*(PNG|text|table)/)).toBeVisible()
  await bakeoff.add(madeUp('notes.pdf', '%PDF-1.7\n'))
  await expect(page.getByText('notes.pdf is neither a model nor data.')).toBeVisible()
  // What was there before stays.
  await bakeoff.compare(1)
  await expect(page.getByText('Took no part: iris.onnx, picture.csv and notes.pdf.')).toBeVisible()
})

const DATA = [
  {
    what: 'empty',
    text: '',
    message: '"rows.csv" is empty (0 bytes).',
    advice: 'Copy or export the file again.',
  },
  {
    what: 'without numeric columns',
    text: 'colour,species\nred,setosa\nblue,virginica\n',
    message: '"rows.csv" has no numeric column besides "species".',
    advice: 'Choose a file with numeric columns.',
  },
  {
    what: 'without a target',
    text: 'sepal_length,species\n,\n,\n',
    message: '"rows.csv" has no column left to be the target.',
    advice: 'Add a column with the true answers to the file.',
  },
  {
    what: 'without a complete row',
    text: 'sepal_length,sepal_width,petal_length,petal_width,species\n5.1,,1.4,0.2,setosa\n,3.1,5.4,2.1,virginica\n',
    message:
      /No row of "rows\.csv" \(2 rows\) is complete; missing are "sepal_\w+" in 1 row, "sepal_\w+" in 1 row\./,
    advice: 'Leave the columns with many missing values out under Features.',
  },
  {
    what: 'of a head line only',
    text: 'sepal_length,sepal_width,petal_length,petal_width,species\n',
    message: '"rows.csv" holds a header but no rows.',
    advice: 'Choose a file with at least one row of data.',
  },
  {
    what: 'with a ragged line',
    text: 'sepal_length,sepal_width,petal_length,petal_width,species\n5.1,3.5,1.4,0.2,setosa\n5.1,3.5,1.4,setosa\n',
    message: '"rows.csv", line 3: 5 fields wanted as in the first row, 4 found.',
    advice: 'Fill up the short rows with delimiters, or remove them.',
  },
] as const

test('data that cannot be used say why and what next; other data then run', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(GOOD)
  for (const { what, text, message, advice } of DATA) {
    await test.step(what, async () => {
      await bakeoff.add(madeUp('rows.csv', text))
      const said = page.locator('p').filter({ hasText: message }).first()
      await expect(said).toBeVisible()
      await expect(said).toContainText(advice)
      await expect(bakeoff.runButton).toBeDisabled()
    })
  }
  await bakeoff.add(IRIS)
  await bakeoff.compare(1)
  await expect(bakeoff.heading).toHaveText('iris_softmax reaches 0.95 accuracy on 75 rows.')
})

test('a target taken away stops the run with advice', async ({ bakeoff, page }) => {
  await bakeoff.add(GOOD, IRIS)
  await expect(bakeoff.runButton).toBeEnabled()
  await page.getByRole('columnheader', { name: 'species' }).getByRole('button').click()
  await page.getByRole('menuitemradio', { name: 'Ignored' }).click()
  await expect(page.getByText('No target is chosen for "iris.csv".').first()).toBeVisible()
  await expect(
    page.getByText('Choose the column that holds the true answers as target.').first(),
  ).toBeVisible()
  await expect(bakeoff.runButton).toBeDisabled()
  await page.getByLabel('Target').selectOption('species')
  await bakeoff.compare(1)
})

test.describe('on a broken connection', () => {
  test.use({ expectedErrors: /Failed to load resource|wasm|ArrayBuffer instantiation/ })
  test('the demo says what could not be fetched, and own files work', async ({ bakeoff, page }) => {
    await page.route('**/demo/digits_mlp.onnx', (route) => route.abort())
    await page.getByRole('button', { name: 'Try it with real digits' }).click()
    await expect(
      page.getByText(
        /^digits_mlp\.onnx of the demo could not be fetched from http:\/\/127\.0\.0\.1:\d+\.$/,
      ),
    ).toBeVisible()
    await expect(
      page.getByText('Check the connection, or drop files of your own: those need no network.'),
    ).toBeVisible()
    await bakeoff.add(GOOD, IRIS)
    await bakeoff.compare(1)
    await expect(bakeoff.heading).toHaveText('iris_softmax reaches 0.95 accuracy on 75 rows.')
  })

  test('N87 a runtime that cannot be fetched fails by name; back online it runs', async ({
    bakeoff,
    page,
  }) => {
    await page.route('**/*.wasm', (route) => route.abort())
    await bakeoff.add(GOOD, IRIS)
    await bakeoff.compare(1)
    await expect(bakeoff.heading).toHaveText('iris_softmax could not be evaluated.')
    await expect(bakeoff.leaderboard).toContainText(
      /The runtime for iris_softmax\.onnx could not be started: ort-wasm-\S+\.wasm from \S+ does not come through\./,
    )
    await page.unroute('**/*.wasm')
    await page.getByRole('button', { name: 'Compare again' }).click()
    await expect(bakeoff.heading).toHaveText('iris_softmax reaches 0.95 accuracy on 75 rows.')
  })
})

test.describe('a runtime that does not come', () => {
  test.use({ expectedErrors: /407|wasm|WebAssembly|ArrayBuffer instantiation/i })

  test('N87 a file of the runtime that does not come is named with what its host says', async ({
    bakeoff,
    page,
  }) => {
    const runtime = /ort-wasm.*\.wasm$/
    await page.route(runtime, (route) => route.fulfill({ status: 407, body: 'sign in' }))
    await bakeoff.add(GOOD, IRIS)
    await bakeoff.compare(1)
    const message =
      /The runtime for iris_softmax.* could not be started: ort-wasm-\S+\.wasm from [\w.:]+ /
    await expect(
      page.getByText(new RegExp(`${message.source}answers with HTTP status 407\\.`)).first(),
    ).toBeVisible()
    await page.unroute(runtime)
    await page.route(runtime, (route) => route.fulfill({ contentType: 'text/html', body: HTML }))
    await page.getByRole('button', { name: 'Compare again' }).click()
    await expect(
      page.getByText(new RegExp(`${message.source}comes as text/html`)).first(),
    ).toBeVisible()
  })
})
