import { failed, success, type Outcome } from '../core/failure'
import type { Share } from '../core/part'
import type { ReportOutputs } from './report-outputs'

const MOST_SHARES = 10_000

/** Reads `--shard i/n`. A share has answers and no figures, so a part is all that it can write. */
export function readShare(text: string | null, outputs: ReportOutputs): Outcome<Share | null> {
  if (text === null) return success(null)
  const [, index, count] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []).map(Number)
  const isShare =
    index !== undefined &&
    count !== undefined &&
    index >= 1 &&
    index <= count &&
    count <= MOST_SHARES
  if (!isShare) {
    return failed('setting-invalid', `--shard is "${text}".`, 'It takes i/n, from 1/n to n/n.')
  }
  const { json, html, markdown, csv, requirements } = outputs
  if (json === null) {
    return failed('setting-invalid', '--shard needs a file for its part.', 'Add --json FILE.')
  }
  if (html !== null || markdown !== null || csv !== null || requirements.length > 0) {
    return failed(
      'setting-invalid',
      'A share has no figures yet.',
      'Give --html, --markdown, --csv and --require to bakeoff merge.',
    )
  }
  return success({ index, count })
}
