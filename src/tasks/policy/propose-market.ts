import type { ColumnInfo, DatasetInfo } from '../../core/dataset'
import { failed, success, type Outcome } from '../../core/failure'
import { formatQuantity } from '../../core/format'
import { quoted } from '../../core/display-text'
import type { MarketColumns } from '../../core/policy'

export interface MarketProposal {
  readonly columns: MarketColumns
  /** One sentence: why these columns. */
  readonly reason: string
}

/** Names in use for a part, likeliest first, in lower case without separators. */
const PART_NAMES = {
  time: ['time', 'datetime', 'timestamp', 'date', 'opentime', 'ts', 'gmttime', 'localtime'],
  open: ['open', 'openprice', 'o', 'bidopen'],
  close: ['close', 'closeprice', 'price', 'c', 'adjclose', 'bidclose', 'last', 'mid'],
  spread: ['spread', 'bidaskspread'],
  high: ['high', 'highprice', 'h', 'bidhigh'],
  low: ['low', 'lowprice', 'l', 'bidlow'],
  volume: ['volume', 'vol', 'v', 'tickvolume', 'realvolume', 'volumefrom', 'volumeto'],
} as const

type Part = keyof typeof PART_NAMES

/** Room for position and unrealized of the account. */
const MOST_ACCOUNT_FEATURES = 2

/**
 * Proposes columns of a market table by their names, and as observations the likeliest set whose size
 * fits what the policies read, with or without account features: features alone; with volume; with all
 * prices too. Fails where no column is a close.
 * @param widths numbers per observation of each policy; empty where none is known
 */
export function proposeMarket(
  dataset: DatasetInfo,
  widths: readonly number[],
): Outcome<MarketProposal> {
  const numeric = dataset.columns.filter(({ type }) => type !== 'text' && type !== 'tensor')
  const close = findPart('close', numeric)
  if (close === null) {
    return failed(
      'feature-absent',
      `No column of ${quoted(dataset.name)} is named like a price at the close of a bar.`,
      'Choose the column of closes, or name it close.',
    )
  }
  const time = findPart('time', dataset.columns)
  const open = findPart('open', numeric)
  const spread = findPart('spread', numeric)
  const sets = observationSets(numeric, time, spread)
  const fitting = sets.find((set) => widths.length > 0 && widths.every((width) => fits(width, set)))
  const partly = sets.find((set) => widths.some((width) => fits(width, set)))
  const observations = fitting ?? partly ?? sets[0] ?? []
  return success({
    columns: {
      time: time?.name ?? null,
      open: open?.name ?? null,
      close: close.name,
      spread: spread?.name ?? null,
      observations: observations.map(({ name }) => name),
    },
    reason: explain(
      observations.length,
      widths.length,
      fitting !== undefined,
      partly !== undefined,
    ),
  })
}

function explain(count: number, policies: number, fitsAll: boolean, fitsSome: boolean): string {
  const columns = formatQuantity(count, 'observation column')
  if (policies === 0) return `Prices by name; ${columns}: the other numeric ones.`
  const whom = fitsAll ? 'every policy' : fitsSome ? 'some of the policies' : 'none of the policies'
  return `Prices by name; ${columns}, which ${count === 1 ? 'fits' : 'fit'} ${whom}.`
}

function fits(width: number, set: readonly ColumnInfo[]): boolean {
  return width >= set.length && width <= set.length + MOST_ACCOUNT_FEATURES
}

/** Sets of columns that could be the observations, in the order of the file, likeliest first. */
function observationSets(
  numeric: readonly ColumnInfo[],
  time: ColumnInfo | null,
  spread: ColumnInfo | null,
): readonly (readonly ColumnInfo[])[] {
  const without = (...parts: readonly Part[]) => {
    const left = new Set(parts.map((part) => findPart(part, numeric)))
    return numeric.filter((column) => column !== time && !left.has(column))
  }
  const notSpread = (set: readonly ColumnInfo[]) => set.filter((column) => column !== spread)
  const features = without('open', 'high', 'low', 'close', 'volume')
  const withVolume = without('open', 'high', 'low', 'close')
  const withClose = without('open', 'high', 'low', 'volume')
  const all = without()
  return [features, withVolume, withClose, all]
    .flatMap((set) => [notSpread(set), set])
    .filter((set) => set.length > 0)
}

/** The first column with a name in use for a part, likeliest names first. */
export function findPart(part: Part, columns: readonly ColumnInfo[]): ColumnInfo | null {
  for (const name of PART_NAMES[part]) {
    const column = columns.find((candidate) => plainName(candidate.name) === name)
    if (column !== undefined) return column
  }
  return null
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/g, '')
}
