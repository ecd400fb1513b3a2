import { compare, openAnew, openTab, shootPlots, slug, type Stage } from './stage'

/** The verdict of the demo with each tab, its menus, one row opened, speed side by side. */
export async function verdictScene(stage: Stage): Promise<void> {
  const { page, shoot } = stage
  await openAnew(stage)
  await page.getByRole('button', { name: 'Try it with real digits' }).click()
  await compare(stage, 'Compare 3 models')
  await stage.shootForReadme('verdict')
  for (const tab of ['Metrics', 'Plots', 'Disagreements', 'Slices', 'Speed', 'Run details']) {
    await openTab(stage, tab)
    if (tab === 'Plots') await shootPlots(stage, 'verdict-plots')
    else await shoot(`verdict-${slug(tab)}`)
  }
  await openTab(stage, 'Disagreements')
  await page.getByTitle('Show the whole row').first().click()
  await page.getByRole('heading', { name: /of the table/ }).waitFor()
  await shoot('verdict-row')
  await page.getByLabel('Condition').fill('no such cell')
  await page.getByText('No row matches.').waitFor()
  await shoot('verdict-no-row')
  await openTab(stage, 'Plots')
  await page
    .getByRole('button', { name: /^Table of/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  await page.getByRole('button', { name: 'Copy link' }).click()
  await shoot('verdict-shared')
  await openTab(stage, 'Speed')
  await page.getByRole('button', { name: 'Test speed side by side' }).click()
  await page.getByRole('button', { name: 'Stop speed test' }).waitFor()
  await shoot('verdict-speed-running')
  await page.getByRole('grid', { name: 'Speed side by side' }).waitFor({ timeout: 240_000 })
  await shoot('verdict-speed-tested')
}
