import * as v from 'valibot'
import { quoted } from '../../core/display-text'
import { failed, success, type Outcome } from '../../core/failure'
import type { WindowSettings } from '../../core/policy'
import { optionPairs } from '../../core/option-pairs'

const LARGEST_COUNT = 1e9

const schema = v.object({
  initial: v.exactOptional(rows(0, 'a whole number of rows from 0 on'), '0'),
  step: rows(2, 'a whole number of rows from 2 on'),
})

/** Reads `--windows initial=N,step=N`; `initial` is 0 where it is not given. */
export function parseWindowOptions(text: string): Outcome<WindowSettings> {
  const pairs = optionPairs('--windows', text, ['initial', 'step'])
  if (!pairs.ok) return pairs
  const parsed = v.safeParse(schema, Object.fromEntries(pairs.value))
  if (parsed.success) return success(parsed.output)
  const [issue] = parsed.issues
  const key = issue.path?.[0]?.key === 'initial' ? 'initial' : 'step'
  const given = pairs.value.get(key)
  if (given === undefined) {
    return failed(
      'setting-invalid',
      `--windows gives no ${key}.`,
      'Write --windows initial=N,step=N, in rows.',
    )
  }
  const message = `${key} of --windows is ${quoted(given)}.`
  return failed('setting-invalid', message, `It takes ${issue.message}.`)
}

function rows(low: number, message: string) {
  return v.pipe(
    v.string(),
    v.regex(/^\d+$/, message),
    v.transform(Number),
    v.minValue(low, message),
    v.maxValue(LARGEST_COUNT, message),
  )
}
