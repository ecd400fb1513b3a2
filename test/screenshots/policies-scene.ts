import { compare, openAnew, openTab, ready, shootPlots, slug, type Stage } from './stage'

/** Trading policies with walk-forward windows. */
export async function policiesScene(stage: Stage): Promise<void> {
  const { page, shoot } = stage
  await openAnew(stage)
  await page.getByRole('button', { name: 'Try it with trading policies' }).click()
  await ready(stage, 'Compare 3 models')
  await shoot('policies-setup')
  await page.locator('[data-column="close"]').click()
  await shoot('policies-menu', false)
  await page.keyboard.press('Escape')
  await compare(stage, 'Compare 3 models')
  await openTab(stage, 'Plots')
  await page.getByRole('radiogroup', { name: 'Plot' }).waitFor()
  await stage.shootForReadme('policies')
  for (const tab of ['Metrics', 'Windows', 'Plots', 'Trades', 'Speed', 'Run details']) {
    await openTab(stage, tab)
    if (tab === 'Plots') await shootPlots(stage, 'policies-plots')
    else await shoot(`policies-${slug(tab)}`)
  }
}
