import type { Page } from 'playwright-core'
import { judge } from './judge'
import { median } from './median'
import type { BenchSection } from './section'

const POLICY = 'test-policies/champion_lstm.zip'
const MARKET = 'test-policies/market-15min.csv'
const BLOCKS = 3
/** The whole range: bars 2,000 to 7,000, and six windows of it. */
const LONG = { initial: 2000, step: 5000 }
const WINDOWS = { initial: 1000, step: 1000 }

/** A recurrent policy that reads its account, against the bare runtime one bar at a time. */
export async function policySpeed(page: Page): Promise<BenchSection> {
  const cases = [
    { name: '5,000 bars', windows: LONG, part: 'whole' as const, goal: 1 },
    { name: '6 windows of 1,000 bars', windows: WINDOWS, part: 'windows' as const, goal: 4 },
  ]
  const rows: string[][] = []
  const verdicts: string[] = []
  for (const { name, windows, part, goal } of cases) {
    await page.evaluate(
      ([policy, market, split]) => window.bench.preparePolicy(policy, market, split),
      [POLICY, MARKET, windows] as const,
    )
    const samples: { ours: number; bare: number }[] = []
    for (let block = 0; block < BLOCKS; block += 1) {
      const first = await page.evaluate((which) => window.bench.policyOurs(which), part)
      const second = await page.evaluate((which) => window.bench.policyBare(which), part)
      const third = await page.evaluate((which) => window.bench.policyBare(which), part)
      const fourth = await page.evaluate((which) => window.bench.policyOurs(which), part)
      samples.push({ ours: (first + fourth) / 2, bare: (second + third) / 2 })
    }
    const gain = median(samples.map(({ ours, bare }) => bare / ours))
    rows.push([
      name,
      median(samples.map(({ bare }) => bare)).toFixed(0),
      median(samples.map(({ ours }) => ours)).toFixed(0),
      gain.toFixed(2),
    ])
    verdicts.push(judge(`${name}, times as fast as the bare loop`, gain, { atLeast: goal }))
  }
  const bars = await page.evaluate(() => window.bench.simulateAccounts())
  verdicts.push(
    judge('millions of bars per second, the account simulation alone', bars / 1e6, { atLeast: 5 }),
  )
  return {
    title: 'Policies',
    method: `champion_lstm (RecurrentPPO, one LSTM layer of 32, reads its account) on the simulated 15-minute market, WASM, 1 thread; the bare loop runs the same graph one bar at a time, window after window, with tensors ready and no account; start and load left out; ${String(BLOCKS)} blocks in ABBA order, medians.`,
    header: ['what', 'bare ms', 'ours ms', 'bare / ours'],
    rows,
    verdicts,
  }
}
