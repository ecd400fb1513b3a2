import { compare, drop, fileOf, openAnew, openTab, shootPlots, slug, type Stage } from './stage'

/** Twelve models, some with long names that differ at their ends, one that cannot be read. */
export async function manyScene(stage: Stage): Promise<void> {
  await openAnew(stage)
  const models = Array.from({ length: 12 }, (_, index) => {
    const long = `digits_mlp_with_a_name_that_goes_on_and_on_epoch_${String(index)}.onnx`
    const name = index % 3 === 0 ? long : `digits_${String(index)}.onnx`
    return fileOf(`public/demo/digits_${index % 2 === 0 ? 'mlp' : 'linear'}.onnx`, name)
  })
  const broken = { name: 'broken.onnx', mimeType: '', buffer: Buffer.from('no model') }
  await drop(stage, [...models, broken, fileOf('public/demo/digits.csv')])
  await compare(stage, 'Compare 12 models')
  for (const tab of ['Metrics', 'Plots', 'Disagreements', 'Slices', 'Speed']) {
    await openTab(stage, tab)
    if (tab === 'Plots') await shootPlots(stage, 'many-plots')
    else await stage.shoot(`many-${slug(tab)}`)
  }
}
