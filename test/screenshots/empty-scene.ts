import { openAnew, type Stage } from './stage'

/** The first visit: what can be dropped, what can be fetched, keys. */
export async function emptyScene(stage: Stage): Promise<void> {
  const { page, shoot } = stage
  await openAnew(stage)
  await page.getByRole('button', { name: 'Choose files' }).waitFor()
  await page.getByText('WASM').first().waitFor()
  await shoot('empty')
  await page.getByRole('button', { name: 'Add from addresses' }).click()
  await page.getByRole('textbox').fill('http://models.example.org/champion.onnx')
  await page.getByRole('button', { name: 'Fetch', exact: true }).click()
  await page.getByText('Fault').first().waitFor()
  await shoot('empty-addresses')
  await page.getByRole('button', { name: 'Close' }).click()
  await page.keyboard.press('?')
  await shoot('keys')
  await page.keyboard.press('?')
}
