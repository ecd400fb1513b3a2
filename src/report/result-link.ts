import * as v from 'valibot'
import { failed, success, type Outcome } from '../core/failure'
import { formatCount } from '../core/format'
import type { EquityCurve, ModelDetails, PolicyDetails, Report, ReportModel } from '../core/report'
import { damaged, FRAGMENT_CHARACTERS, writeFragment } from './link-fragment'
import { checkReport } from './read-report'

/** What a link leaves out where it would not fit else, in this order. */
const OMISSIONS = [
  'run log',
  'trades',
  'full curves',
  'confusion matrices',
  'tables per class',
] as const

/** Marks of an equity curve without its full ones: its shape, no more. */
const COARSE_MARKS = 60

export type Omission = (typeof OMISSIONS)[number]

export interface ResultLink {
  /** With its `#`. */
  readonly fragment: string
  readonly omitted: readonly Omission[]
}

export interface LinkedReport {
  readonly report: Report
  readonly omitted: readonly Omission[]
}

/** A report as a link that carries all of it, or as much as fits; the figures are always whole. */
export function resultLink(report: Report): Outcome<ResultLink> {
  for (let count = 0; count <= OMISSIONS.length; count++) {
    const omitted = OMISSIONS.slice(0, count)
    const fragment = writeFragment('result', { report: without(report, omitted), omitted })
    if (fragment.length <= FRAGMENT_CHARACTERS) return success({ fragment, omitted })
  }
  return failed(
    'link-too-large',
    `This result is too large for a link, which carries up to ${formatCount(FRAGMENT_CHARACTERS)} characters.`,
    'Hand it on as a file: HTML for reading, JSON for opening here again.',
  )
}

const linkSchema = v.object({
  report: v.unknown(),
  omitted: v.pipe(v.array(v.picklist(OMISSIONS)), v.maxLength(OMISSIONS.length)),
})

/** @param document of a link, from a stranger */
export function readResultLink(document: unknown): Outcome<LinkedReport> {
  const parsed = v.safeParse(linkSchema, document)
  if (!parsed.success) return damaged('it carries no report')
  const { report, omitted } = parsed.output
  const checked = checkReport(report, 'What this link carries')
  return checked.ok ? success({ report: checked.value, omitted }) : checked
}

function without(report: Report, omitted: readonly Omission[]): Report {
  const models = report.models.map((model) => slim(model, omitted))
  return { ...report, models, events: omitted.includes('run log') ? [] : report.events }
}

function slim(model: ReportModel, omitted: readonly Omission[]): ReportModel {
  return {
    ...model,
    details: slimDetails(model.details, omitted),
    perClass: omitted.includes('tables per class') ? null : model.perClass,
  }
}

function slimDetails(details: ModelDetails, omitted: readonly Omission[]): ModelDetails {
  const isCoarse = omitted.includes('full curves')
  const { confusion, policy, ...curves } = details
  return {
    ...(isCoarse ? {} : curves),
    ...(confusion === undefined || omitted.includes('confusion matrices') ? {} : { confusion }),
    ...(policy === undefined ? {} : { policy: slimPolicy(policy, omitted, isCoarse) }),
  }
}

/** What windows and actions say stays; of the equity, its shape. */
function slimPolicy(
  policy: PolicyDetails,
  omitted: readonly Omission[],
  isCoarse: boolean,
): PolicyDetails {
  return {
    ...policy,
    trades: omitted.includes('trades') ? [] : policy.trades,
    equity: isCoarse ? coarse(policy.equity) : policy.equity,
    buyAndHold: isCoarse ? coarse(policy.buyAndHold) : policy.buyAndHold,
  }
}

/** The deepest drawdown is a mark, so that a plot shows it. */
function coarse({ rows, times, equity, drawdown }: EquityCurve): EquityCurve {
  const last = rows.length - 1
  const deepest = drawdown.reduce((at, fall, index) => (fall < (drawdown[at] ?? 0) ? index : at), 0)
  const step = Math.max(1, Math.ceil(rows.length / COARSE_MARKS))
  const pick = (values: readonly number[]) =>
    values.filter((_, index) => index % step === 0 || index === last || index === deepest)
  return {
    rows: pick(rows),
    times: times === null ? null : pick(times),
    equity: pick(equity).map(sixDigits),
    drawdown: pick(drawdown).map(sixDigits),
  }
}

function sixDigits(value: number): number {
  return Number(value.toPrecision(6))
}
