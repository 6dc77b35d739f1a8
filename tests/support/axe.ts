import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ask, expect } from './journey'

const PHONE = 600

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Rules of those that depend on colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/**
 * Looks at the page as it stands and expects axe to find nothing; nor may it scroll sideways. At a desk its colours are looked
 * at in the dark too: nothing else differs there, and on a phone they are the same.
 */
export async function check(page: Page, state: string): Promise<void> {
  const narrow = (page.viewportSize()?.width ?? 0) < PHONE
  for (const colorScheme of narrow ? (['light'] as const) : (['light', 'dark'] as const)) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const axe = new AxeBuilder({ page })
    const { violations } = await (colorScheme === 'dark'
      ? axe.withRules(OF_COLOURS)
      : axe.withTags(TAGS)
    ).analyze()
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    )
    expect(found, `${state}, ${colorScheme}`).toEqual([])
  }
  await shots(page, state)
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(sideways, `${state} scrolls sideways`).toBeLessThanOrEqual(0)
}

/** A cold water meter of an account that is not removed. */
export function waterMeter(account: string) {
  return ask<{ id: string }>(
    `select m.id from meters m join accounts a on a.id = m.account_id
      where account_number = $1 and kind = 'cold_water' and removed_on is null order by m.id limit 1`,
    [account],
  )
}

async function shots(page: Page, state: string): Promise<void> {
  const size = page.viewportSize()
  if (!process.env.SHOTS || !size || size.width < PHONE) return
  for (const width of [390, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 844 })
      await page.emulateMedia({ colorScheme })
      await page.screenshot({
        path: `${process.env.SHOTS}/${state.replace(/\W+/gu, '-')}-${width}-${colorScheme}.png`,
        fullPage: true,
      })
    }
  await page.setViewportSize(size)
}
