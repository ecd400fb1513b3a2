import { writeFragment } from '../../src/report/link-fragment'
import { openAnew, type Stage } from './stage'

/** A comparison by link before anything is fetched, and a link that is damaged. */
export async function linkScene(stage: Stage): Promise<void> {
  const { page, shoot } = stage
  const settings = {
    ...{ backend: 'auto', lanes: null, sequentialUpTo: 2, batchSize: null, seed: 0, useKept: true },
  }
  const names = ['champion.onnx', 'a-challenger-with-a-long-name-of-its-own.onnx', 'holdout.csv']
  const files = names.map((name, index) => ({
    address: `https://models.example.org/weekly/${name}`,
    ...{ sha256: String(index).repeat(64), bytes: 1_500_000 * (index + 1) },
  }))
  const setup = { choices: { metric: 'f1Macro' }, settings, baseline: 'champion' }
  const link = writeFragment('comparison', { files, setup })
  await openAnew(stage, link)
  await page.getByText('Nothing has been fetched').waitFor()
  await shoot('link')
  await openAnew(stage, link.slice(0, -9))
  await page.getByRole('button', { name: 'Go on without it' }).waitFor()
  await shoot('link-damaged')
}
