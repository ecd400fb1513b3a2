import { AxeBuilder } from '@axe-core/playwright'
import { expect, test as base, type Page } from '@playwright/test'

/** Axe finds nothing, in dark neither, and nothing reaches beyond the edge at 360 px. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  await base.step(state, async () => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await expectNoViolation(new AxeBuilder({ page }), `${state}, light`)
    await page.emulateMedia({ colorScheme: 'dark' })
    // Nothing else depends on the scheme.
    await expectNoViolation(new AxeBuilder({ page }).withRules('color-contrast'), `${state}, dark`)
    await page.setViewportSize({ width: 360, height: 740 })
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    )
    expect(overflow, `${state}, at 360 px`).toBeLessThanOrEqual(0)
    await page.setViewportSize({ width: 1280, height: 800 })
  })
}

async function expectNoViolation(axe: AxeBuilder, state: string): Promise<void> {
  const { violations } = await axe.analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  )
  expect(found, state).toEqual([])
}
