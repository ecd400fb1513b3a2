import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { DIGITS, fixtureModel, madeUp } from './input-files'
import { expect, test } from './page-test'

const [head = '', ...lines] = readFileSync(DIGITS, 'utf8').trimEnd().split('\n')
const rows = lines.map((line) => line.split(',').map(Number))
const labelAt = head.split(',').indexOf('label')

/** One array of bytes as the files of MNIST hold it. */
function idx(shape: readonly number[], values: readonly number[]): Uint8Array {
  const sizes = shape.flatMap((size) => [size >>> 24, size >>> 16, size >>> 8, size])
  return Uint8Array.from([0, 0, 8, shape.length, ...sizes, ...values])
}

test('images and labels in packed files of their own are compared like the table of the same numbers', async ({
  bakeoff,
  page,
}) => {
  const pixels = rows.flatMap((row) => row.filter((_, place) => place !== labelAt))
  const images = gzipSync(idx([rows.length, 8, 8], pixels))
  const labels = idx(
    [rows.length],
    rows.map((row) => row[labelAt] ?? 0),
  )
  await bakeoff.add(
    fixtureModel('digits_image'),
    madeUp('t10k-images-idx3-ubyte.gz', images),
    madeUp('t10k-labels-idx1-ubyte', labels),
  )
  await expect(page.getByText('2 files: t10k-images-idx3-ubyte.gz and t10k-labels')).toBeVisible()
  await bakeoff.compare(1)
  const arrays = await bakeoff.readReport()
  await page.getByRole('button', { name: 'Change setup' }).click()

  const half = Math.floor(lines.length / 2)
  await bakeoff.add(
    madeUp('digits-2.csv', [head, ...lines.slice(half)].join('\n')),
    madeUp('digits-1.csv', [head, ...lines.slice(0, half)].join('\n')),
  )
  await expect(page.getByText('2 files: digits-1.csv and digits-2.csv')).toBeVisible()
  await bakeoff.compare(1)
  const tables = await bakeoff.readReport()
  expect(arrays.dataset.rows).toBe(rows.length)
  expect(tables.models[0]?.metrics).toEqual(arrays.models[0]?.metrics)
  expect(tables.models[0]?.metrics['accuracy']).toBeGreaterThan(0.9)
})
