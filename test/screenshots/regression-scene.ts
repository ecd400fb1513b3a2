import { compare, drop, fileOf, openAnew, openTab, shootPlots, slug, type Stage } from './stage'

/** Numbers instead of classes. */
export async function regressionScene(stage: Stage): Promise<void> {
  await openAnew(stage)
  await drop(stage, [
    ...['linear', 'mlp'].map((name) => fileOf(`test/fixtures/models/diabetes_${name}.onnx`)),
    fileOf('test/fixtures/diabetes.csv'),
  ])
  await compare(stage, 'Compare 2 models')
  for (const tab of ['Metrics', 'Plots', 'Disagreements', 'Slices']) {
    await openTab(stage, tab)
    if (tab === 'Plots') await shootPlots(stage, 'regression-plots')
    else await stage.shoot(`regression-${slug(tab)}`)
  }
}
