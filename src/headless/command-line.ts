import { parseArgs } from 'node:util'
import type { AutomationSettings } from '../core/automation'
import { failed, success, type Outcome } from '../core/failure'
import type { Share } from '../core/part'
import { formatList } from '../core/format'
import { closestName } from '../core/closest-name'
import {
  COMPARE_OPTIONS,
  GENERAL_OPTIONS,
  INSPECT_OPTIONS,
  REPORT_OPTIONS,
  parseConfig,
  type OptionInfo,
} from './options'
import { readLimits, type RaisedLimits } from './read-limits'
import { readShare } from './read-share'
import { reportOutputs, type ReportOutputs } from './report-outputs'
import { settingsFromOptions } from './settings-from-options'

export interface CompareCommand {
  readonly kind: 'compare'
  /** As typed, not yet resolved against a folder. */
  readonly models: readonly string[]
  /** Files of one dataset. */
  readonly data: readonly string[]
  /** Name of a file with a saved recipe. */
  readonly recipe: string | null
  readonly settings: AutomationSettings
  readonly limits: RaisedLimits
  readonly outputs: ReportOutputs
  /** Whether the rows that an unfinished run of this comparison has left are used. */
  readonly isResumed: boolean
  /** Null: the whole comparison. */
  readonly share: Share | null
  /** Whether the models are timed side by side after the comparison. */
  readonly isSpeedTested: boolean
}

export interface InspectCommand {
  readonly kind: 'inspect'
  readonly files: readonly string[]
  readonly json: string | null
}

export interface MergeCommand {
  readonly kind: 'merge'
  readonly parts: readonly string[]
  readonly outputs: ReportOutputs
}

export interface ShowCommand {
  readonly kind: 'show'
  readonly report: string
  readonly outputs: ReportOutputs
}

export type Command =
  | CompareCommand
  | MergeCommand
  | ShowCommand
  | InspectCommand
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }

const COMMANDS = ['compare', 'merge', 'show', 'inspect']

interface Parsed {
  readonly values: ReadonlyMap<string, string>
  /** Of options that may be repeated, in order. */
  readonly lists: ReadonlyMap<string, readonly string[]>
  readonly positionals: readonly string[]
}

/** Reads what was typed after `bakeoff`. Nothing on the disk is looked at yet. */
export function parseCommandLine(args: readonly string[]): Outcome<Command> {
  const [name, ...rest] = args
  if (args.some((arg) => arg === '--help' || arg === '-h') || name === undefined) {
    return success({ kind: 'help' })
  }
  if (name === 'help') return success({ kind: 'help' })
  if (name === '--version' || name === '-v') return success({ kind: 'version' })
  if (name === 'compare') return andThen(parseOptions(rest, COMPARE_OPTIONS), compareCommand)
  if (name === 'merge') return andThen(parseOptions(rest, REPORT_OPTIONS), mergeCommand)
  if (name === 'show') return andThen(parseOptions(rest, REPORT_OPTIONS), showCommand)
  if (name === 'inspect') return andThen(parseOptions(rest, INSPECT_OPTIONS), inspectCommand)
  if (name.startsWith('-')) {
    return wrong(`The command has to come first: ${formatList(COMMANDS)}.`, SEE_HELP)
  }
  const near = closestName(name, COMMANDS)
  return wrong(
    `This version does not know the command "${name}".`,
    near === null ? SEE_HELP : `Did you mean "${near}"?`,
  )
}

const SEE_HELP = 'See bakeoff --help.'

function wrong(message: string, advice: string): Outcome<never> {
  return failed('setting-invalid', message, advice)
}

function andThen<A, B>(outcome: Outcome<A>, next: (value: A) => Outcome<B>): Outcome<B> {
  return outcome.ok ? next(outcome.value) : outcome
}

/** Not strict: Node's own errors name neither the near option nor what it wants. */
function parseOptions(args: readonly string[], known: readonly OptionInfo[]): Outcome<Parsed> {
  const options = [...known, ...GENERAL_OPTIONS]
  const { tokens } = parseArgs({
    args: [...args],
    options: parseConfig(options),
    strict: false,
    tokens: true,
    allowPositionals: true,
  })
  const values = new Map<string, string>()
  const lists = new Map<string, string[]>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const option = options.find(({ name }) => name === token.name)
    if (option === undefined) return unknownOption(token.rawName, options)
    const isGeneral = GENERAL_OPTIONS.some(({ name }) => name === option.name)
    if (isGeneral) return wrong(`${token.rawName} goes before a command.`, SEE_HELP)
    const { value } = token
    if (option.value === null) {
      if (value !== undefined) return wrong(`${token.rawName} takes no value.`, SEE_HELP)
      values.set(option.name, '')
      continue
    }
    if (value === undefined || value === '' || (!token.inlineValue && /^-./.test(value))) {
      return wrong(`${token.rawName} needs a value: ${token.rawName} ${option.value}.`, SEE_HELP)
    }
    if (option.isRepeatable === true) {
      lists.set(option.name, [...(lists.get(option.name) ?? []), value])
      continue
    }
    if (values.has(option.name)) {
      return wrong(`${token.rawName} was given twice.`, 'Give it once.')
    }
    values.set(option.name, value)
  }
  return success({ values, lists, positionals })
}

function unknownOption(rawName: string, options: readonly OptionInfo[]): Outcome<never> {
  const near = closestName(
    rawName.replace(/^-+/, ''),
    options.map(({ name }) => name),
  )
  return wrong(
    `This version does not know the option ${rawName}.`,
    near === null ? SEE_HELP : `Did you mean --${near}?`,
  )
}

function inspectCommand({ values, positionals }: Parsed): Outcome<Command> {
  if (positionals.length === 0) {
    return wrong('inspect needs a file.', 'Give one: bakeoff inspect model.onnx.')
  }
  return success({ kind: 'inspect', files: positionals, json: values.get('json') ?? null })
}

function mergeCommand(parsed: Parsed): Outcome<Command> {
  const parts = parsed.positionals
  if (parts.length === 0) {
    return wrong('merge needs parts.', 'Give each one: bakeoff merge part1.json part2.json.')
  }
  return andThen(reportOutputs(parsed), (outputs) => success({ kind: 'merge', parts, outputs }))
}

function showCommand(parsed: Parsed): Outcome<Command> {
  const [report, ...more] = parsed.positionals
  if (report === undefined || more.length > 0) {
    return wrong('show needs one report.', 'Give one: bakeoff show report.json.')
  }
  return andThen(reportOutputs(parsed), (outputs) => success({ kind: 'show', report, outputs }))
}

function compareCommand(parsed: Parsed): Outcome<Command> {
  const { values, lists, positionals } = parsed
  const data = lists.get('data') ?? []
  if (positionals.length === 0) {
    return wrong('compare needs a model.', 'Give one or more: bakeoff compare a.onnx --data FILE.')
  }
  if (data.length === 0) {
    return wrong('compare needs data.', 'Give a file: --data rows.csv.')
  }
  const outputs = reportOutputs(parsed)
  if (!outputs.ok) return outputs
  const limits = readLimits(lists.get('limit') ?? [])
  if (!limits.ok) return limits
  const [maps, answers] = [lists.get('map'), lists.get('output')]
  const mappings = { ...(maps && { maps }), ...(answers && { outputs: answers }) }
  const share = readShare(values.get('shard') ?? null, outputs.value)
  if (!share.ok) return share
  return andThen(settingsFromOptions(values, lists.get('filter') ?? null), (settings) =>
    success({
      kind: 'compare',
      models: positionals,
      recipe: values.get('recipe') ?? null,
      limits: limits.value,
      ...{ data, settings: { ...settings, ...mappings }, outputs: outputs.value },
      share: share.value,
      isResumed: values.has('resume'),
      isSpeedTested: values.has('speed-test'),
    }),
  )
}
