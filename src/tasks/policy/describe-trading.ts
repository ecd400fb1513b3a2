import { formatCount, formatList, formatSignificant } from '../../core/format'
import type { PolicySettings } from '../../core/policy'
import { isContinuous } from './action-codes'

/** Sentences on how the actions of a policy were traded and counted. */
export function describeTrading(
  settings: PolicySettings,
  { spread }: { readonly spread: Float64Array },
): readonly string[] {
  const { actions, accountFeatures, fill, fee, warmup, convention, periodsPerYear } = settings
  const meanings = actions.map((meaning, index) => `${formatCount(index)} ${meaning}`)
  const price = fill === 'next-open' ? 'the open of the next bar' : 'the close of their bar'
  const costs = [
    `a fee of ${fee === 0 ? '0' : formatSignificant(fee * 100, 3)} %`,
    ...(spread.some((value) => value > 0) ? ['half the spread'] : []),
  ]
  const whose = convention === 'bakeoff' ? 'Bakeoff' : convention
  return [
    isContinuous(actions)
      ? 'The action is a target from −1 (short) to 1 (long).'
      : `Actions: ${formatList(meanings)}.`,
    ...(accountFeatures.length > 0
      ? [`After the observation columns it reads ${formatList(accountFeatures)} of its account.`]
      : []),
    `Orders are filled at ${price}, each at ${formatList(costs)}.`,
    ...(warmup > 0
      ? [`${formatCount(warmup)} bars before each window fill its state, without trading.`]
      : []),
    `Figures are defined as by ${whose}, with ${formatSignificant(periodsPerYear, 6)} bars per year.`,
  ]
}
