import { capOf } from '../core/caps'
import type { Dataset } from '../core/dataset'
import { atCap, type Failure, type Outcome } from '../core/failure'
import { formatCount, formatList } from '../core/format'
import type { DataFile, DataFormat } from './data-format'
import { surveyRows, type MalformedRow } from './survey-rows'

type Read = DataFormat['read']
type Rest = Parameters<Read> extends [DataFile, ...infer R] ? R : never

const LINES_NAMED = 5

/**
 * Reads a table, whose malformed rows end the reading, unless the user has chosen to go without them:
 * then they are counted and left out. Where most rows are sound, the failure offers that choice.
 */
export function skipMalformed(read: Read): Read {
  return async (file, ...rest) => {
    if (capOf(file, 'malformed-rows') > 0) return readSound(read, file, rest)
    const outcome = await read(file, ...rest)
    const isMalformed = !outcome.ok && outcome.failure.code === 'data-malformed'
    return isMalformed ? offerChoice(file, outcome.failure) : outcome
  }
}

async function offerChoice(file: DataFile, failure: Failure): Promise<Outcome<Dataset>> {
  const survey = failure.cap === undefined ? await surveyRows(file) : null
  const malformed = survey?.malformed.length ?? 0
  if (survey === null || malformed === 0 || malformed > survey.sound) return { ok: false, failure }
  const all = formatCount(malformed + survey.sound)
  const count = `${formatCount(malformed)} of ${all} rows ${malformed === 1 ? 'is' : 'are'} malformed`
  return atCap(
    { ...failure, advice: `${failure.advice} Or leave them out: ${count}.` },
    { name: 'malformed-rows', wanted: malformed },
  )
}

async function readSound(read: Read, file: DataFile, rest: Rest): Promise<Outcome<Dataset>> {
  const malformed = (await surveyRows(file))?.malformed ?? []
  if (malformed.length === 0 || malformed.length > capOf(file, 'malformed-rows')) {
    return read(file, ...rest)
  }
  const outcome = await read(withoutRows(file, malformed), ...rest)
  if (!outcome.ok) return outcome
  const { info } = outcome.value
  const warnings = [leftOut(malformed), ...info.warnings]
  return { ok: true, value: { ...outcome.value, info: { ...info, bytes: file.size, warnings } } }
}

/** Nothing is copied: what is left is parts of the file. */
function withoutRows(file: DataFile, malformed: readonly MalformedRow[]): File {
  const parts: Blob[] = []
  let from = 0
  for (const { start, end } of malformed) {
    if (start > from) parts.push(file.slice(from, start))
    from = end
  }
  parts.push(file.slice(from))
  return new File(parts, file.name)
}

function leftOut(malformed: readonly MalformedRow[]): string {
  const lines = malformed.slice(0, LINES_NAMED).map(({ line }) => String(line))
  const more = malformed.length - lines.length
  const named = formatList(more > 0 ? [...lines, `${formatCount(more)} more`] : lines)
  const [rows, verb] = malformed.length === 1 ? ['row', 'was'] : ['rows', 'were']
  const line = malformed.length === 1 ? 'line' : 'lines'
  return `${formatCount(malformed.length)} malformed ${rows} ${verb} left out, as chosen: ${line} ${named}.`
}
