import { failed, success, type Outcome } from '../core/failure'
import { formatList } from '../core/format'
import { parseRequirement } from '../report/requirement-syntax'
import { checkOutputFile, checkOutputFolder } from './input-files'

/** Where a report goes and what it has to fulfil; names as typed, `-` for standard output. */
export interface ReportOutputs {
  readonly json: string | null
  readonly html: string | null
  readonly markdown: string | null
  /** Ends in a slash: a folder that gets every table. */
  readonly csv: string | null
  /** Id of the table that `csv` gets; null: the leaderboard. */
  readonly table: string | null
  readonly requirements: readonly string[]
}

interface Options {
  readonly values: ReadonlyMap<string, string>
  readonly lists: ReadonlyMap<string, readonly string[]>
}

const FILES = ['json', 'html', 'markdown', 'csv'] as const

/** Reads the options of REPORT_OPTIONS. */
export function reportOutputs({ values, lists }: Options): Outcome<ReportOutputs> {
  const taken = FILES.filter((name) => values.get(name) === '-')
  if (taken.length > 1) {
    const names = formatList(taken.map((name) => `--${name}`))
    return wrong(`${names} cannot all go to standard output.`, 'Give all but one a file.')
  }
  const file = (name: string) => values.get(name) ?? null
  const [csv, table] = [file('csv'), file('table')]
  if (table !== null && (csv === null || isFolder(csv))) {
    return wrong('--table says which table --csv FILE gets.', 'Give --csv a file.')
  }
  const requirements = lists.get('require') ?? []
  for (const expression of requirements) {
    const syntax = parseRequirement(expression)
    if (!syntax.ok) return syntax
  }
  return success({
    ...{ json: file('json'), html: file('html'), markdown: file('markdown') },
    ...{ csv, table, requirements },
  })
}

/** Refuses what could not be written in the end, before anything is computed for it. */
export function checkReportOutputs(outputs: ReportOutputs): Outcome<null> {
  for (const name of FILES) {
    const file = outputs[name]
    const isTables = name === 'csv' && file !== null && isFolder(file)
    const checked = isTables ? checkOutputFolder(file) : checkOutputFile(file)
    if (!checked.ok) return checked
  }
  return success(null)
}

/** Whether a document goes to standard output, so that everything else must not. */
export function isOutputTaken(outputs: ReportOutputs): boolean {
  return FILES.some((name) => outputs[name] === '-')
}

export function isFolder(name: string): boolean {
  return /[/\\]$/.test(name)
}

function wrong(message: string, advice: string): Outcome<never> {
  return failed('setting-invalid', message, advice)
}
