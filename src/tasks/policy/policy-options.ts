import * as v from 'valibot'
import { quoted } from '../../core/display-text'
import { failed, success, type Outcome } from '../../core/failure'
import type { MarketColumns, PolicySettings } from '../../core/policy'
import { ACTION_MEANINGS } from './action-codes'
import { optionPairs } from '../../core/option-pairs'

/** What a user has set; everything else is proposed from the data and the models. */
export interface PolicyOptions {
  readonly settings: Partial<PolicySettings>
  /** `null`: the user wants no such column. */
  readonly columns: Partial<Omit<MarketColumns, 'observations'>>
}

export const NO_POLICY_OPTIONS: PolicyOptions = { settings: {}, columns: {} }

const LARGEST = { size: 100, initialBalance: 1e15, periodsPerYear: 1e9, warmup: 1_000_000 }
const MEANINGS = ACTION_MEANINGS.filter((meaning) => meaning !== 'target')
const MOST_ACTIONS = 64
const ACTIONS_TAKE = `one meaning per action between |: ${MEANINGS.join(', ')}; or target alone`
const FEATURES_TAKE =
  'none, position, unrealized or position|unrealized, in the order that the models read them'

/** The settings as typed; each message says what the setting takes. */
const settings = {
  actions: v.union(
    [
      v.pipe(
        v.literal('target'),
        v.transform(() => ['target'] as const),
      ),
      list(MEANINGS, 2, ACTIONS_TAKE),
    ],
    ACTIONS_TAKE,
  ),
  fill: v.picklist(['next-open', 'close'], 'next-open or close'),
  fee: number(0, 1, 'a share of the notional from 0 up to 1, for example 0.0002'),
  size: number(Number.MIN_VALUE, LARGEST.size, 'a share of equity above 0, at most 100'),
  initialBalance: number(Number.MIN_VALUE, LARGEST.initialBalance, 'an amount above 0'),
  accountFeatures: v.union(
    [
      v.pipe(
        v.picklist(['', 'none']),
        v.transform(() => []),
      ),
      list(['position', 'unrealized'], 1, FEATURES_TAKE),
    ],
    FEATURES_TAKE,
  ),
  positionEncoding: v.picklist(
    ['sign', 'code'],
    'sign (−1, 0, 1) or code (0 flat, 1 long, 2 short)',
  ),
  periodsPerYear: number(Number.MIN_VALUE, LARGEST.periodsPerYear, 'a number above 0'),
  warmup: v.pipe(
    number(0, LARGEST.warmup, 'a whole number of bars from 0 to 1000000'),
    v.integer('a whole number of bars from 0 to 1000000'),
  ),
  stateReset: v.pipe(
    v.picklist(['yes', 'no'], 'yes or no'),
    v.transform((text) => text === 'yes'),
  ),
  convention: v.picklist(
    ['bakeoff', 'quantstats', 'empyrical', 'backtesting.py'],
    'bakeoff, quantstats, empyrical or backtesting.py',
  ),
}

const column = v.pipe(
  v.string(),
  v.transform((name) => (name === '' ? null : name)),
)

const columns = {
  timeColumn: column,
  openColumn: column,
  closeColumn: v.pipe(v.string(), v.nonEmpty('the name of a column')),
  spreadColumn: column,
}

const schema = v.partial(v.object({ ...settings, ...columns }))
const KEYS = Object.keys(schema.entries) as (keyof typeof schema.entries)[]

/**
 * Reads `--policy key=value,…`: the settings of a backtest, lists joined with `|`, and the columns that
 * play a part (`closeColumn=Close`; an empty name for none).
 */
export function parsePolicyOptions(text: string): Outcome<PolicyOptions> {
  const pairs = optionPairs('--policy', text, KEYS)
  if (!pairs.ok) return pairs
  const parsed = v.safeParse(schema, Object.fromEntries(pairs.value))
  if (!parsed.success) {
    const [issue] = parsed.issues
    const key = KEYS.find((known) => known === issue.path?.[0]?.key) ?? 'fill'
    const message = `${key} of --policy is ${quoted(pairs.value.get(key) ?? '')}.`
    return failed('setting-invalid', message, `It takes ${issue.message}.`)
  }
  const { timeColumn, openColumn, closeColumn, spreadColumn, ...given } = parsed.output
  return success({
    settings: present(given),
    columns: present({
      time: timeColumn,
      open: openColumn,
      close: closeColumn,
      spread: spreadColumn,
    }),
  })
}

/** An object without the entries that are `undefined`. */
function present<T extends object>(entries: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const given = Object.entries(entries).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as { [Key in keyof T]?: Exclude<T[Key], undefined> }
}

/** A decimal number; what JavaScript alone reads as one (``, `0x10`, `Infinity`) is refused. */
function number(low: number, high: number, message: string) {
  return v.pipe(
    v.string(),
    v.regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, message),
    v.transform(Number),
    v.minValue(low, message),
    v.maxValue(high, message),
  )
}

function list<const Item extends string>(items: readonly Item[], least: number, message: string) {
  return v.pipe(
    v.string(),
    v.transform((text) => text.split('|').map((item) => item.trim())),
    v.array(v.picklist(items, message)),
    v.minLength(least, message),
    v.maxLength(MOST_ACTIONS, message),
  )
}
