/**
 * What one action of a policy asks for. `hold` asks for nothing; `buy` and `sell` open a long or a
 * short position and do so only when flat; `close` only closes; `flat`, `long` and `short` go to that
 * side; `target` is the continuous action: a share of equity from −1 (short) to 1 (long).
 */
export type ActionMeaning = 'hold' | 'buy' | 'sell' | 'close' | 'flat' | 'long' | 'short' | 'target'

/** Numbers on the account that are appended to the observation. */
export type AccountFeature = 'position' | 'unrealized'

/** The price that an order decided at the close of bar t gets: `open[t + 1]` or `close[t]`. */
export type Fill = 'next-open' | 'close'

/** `sign`: −1 short, 0 flat, 1 long. `code`: 0 flat, 1 long, 2 short. */
export type PositionEncoding = 'sign' | 'code'

/** Whose definitions the figures of a policy follow. */
export type Convention = 'bakeoff' | 'quantstats' | 'empyrical' | 'backtesting.py'

/** How orders become fills, and fills an account. Everything that equity depends on. */
export interface AccountRules {
  readonly fill: Fill
  /** Share of the notional of every fill. */
  readonly fee: number
  /** Share of equity put into a position. */
  readonly size: number
  readonly initialBalance: number
}

export interface PolicySettings extends AccountRules {
  /** What action i does; `['target']` for a continuous action. */
  readonly actions: readonly ActionMeaning[]
  /** In the order in which they are appended to the observation. */
  readonly accountFeatures: readonly AccountFeature[]
  readonly positionEncoding: PositionEncoding
  readonly periodsPerYear: number
  /** Bars before a window that are run, without trading, to fill a recurrent state. */
  readonly warmup: number
  /** Whether a recurrent policy is also traded with its state set to zero before every bar. */
  readonly stateReset: boolean
  readonly convention: Convention
}

/** Which column of a market table plays which part; null where none does. */
export interface MarketColumns {
  readonly time: string | null
  readonly open: string | null
  readonly close: string
  readonly spread: string | null
  /** In the order that policies read them. */
  readonly observations: readonly string[]
}

/** Walk-forward: `initial` rows, then test windows of `step` rows each. */
export interface WindowSettings {
  readonly initial: number
  readonly step: number
}

/** Rows `start` … `end − 1` of the market table, traded with an account of their own. */
export interface PolicyWindow {
  readonly index: number
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** Shorter than the others: the table ends first. */
  readonly isPartial: boolean
}

/**
 * One position from its first fill to the fill that ends it. Indices count bars from the start of
 * the window. Where a position was rebalanced on the way, prices are averages over the units opened
 * and closed.
 */
export interface Trade {
  readonly side: 'long' | 'short'
  readonly entryIndex: number
  readonly exitIndex: number
  readonly entryPrice: number
  readonly exitPrice: number
  readonly bars: number
  /** Units opened over the life of the position; positive. */
  readonly units: number
  /** After the costs of entry and exit. */
  readonly pnl: number
}

/** What trading one window came to: all that metrics are computed from. */
export interface PolicyResult {
  /** One mark per bar, the first being the initial balance. */
  readonly equity: Float64Array
  readonly trades: readonly Trade[]
  /** Marks after the first at which a position was held, looked at before a forced close. */
  readonly exposedMarks: number
  readonly isRuined: boolean
  readonly periodsPerYear: number
  /** Milliseconds since 1970 (UTC) of each bar; null without a time column. */
  readonly times: Float64Array | null
}
