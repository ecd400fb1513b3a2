import { openAnew, type Stage } from './stage'

/** What the page keeps: past comparisons, answers on disk; and the way to them on a new visit. */
export async function keptScene(stage: Stage): Promise<void> {
  const { page, shoot } = stage
  await openAnew(stage)
  await page.getByRole('heading', { name: 'Recent comparisons' }).waitFor()
  await shoot('empty-with-history')
  for (const section of ['History', 'Storage']) {
    await page.getByRole('button', { name: section, exact: true }).click()
    await page.getByRole('heading', { name: section, exact: true }).waitFor()
    if (section === 'Storage') await page.getByRole('button', { name: 'Delete all' }).click()
    else
      await page
        .getByRole('button', { name: /^Rename/ })
        .first()
        .click()
    await shoot(section.toLowerCase())
    await page.getByRole('button', { name: 'Close' }).click()
  }
}
