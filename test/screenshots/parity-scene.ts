import {
  compare,
  drop,
  fileOf,
  openAnew,
  openTab,
  ready,
  shootPlots,
  slug,
  type Stage,
} from './stage'

/** A quantised model held against its original. */
export async function parityScene(stage: Stage): Promise<void> {
  const { page, shoot } = stage
  await openAnew(stage)
  await drop(stage, [
    fileOf('public/demo/digits_mlp.onnx'),
    fileOf('test/fixtures/models/digits_mlp_int8.onnx'),
    fileOf('public/demo/digits.csv'),
  ])
  await ready(stage, 'Compare 2 models')
  await page.getByLabel('Task', { exact: true }).selectOption('parity')
  await ready(stage, 'Compare 2 models')
  await shoot('parity-setup')
  await compare(stage, 'Compare 2 models')
  for (const tab of ['Metrics', 'Plots', 'Worst rows', 'Slices']) {
    await openTab(stage, tab)
    if (tab === 'Plots') await shootPlots(stage, 'parity-plots')
    else await shoot(`parity-${slug(tab)}`)
  }
}
