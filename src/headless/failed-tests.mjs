/**
 * What failed in a report, one line each: the name of the test and the first line of its error. Reads
 * the reports of Vitest and of Playwright alike.
 * @param {unknown} report
 * @returns {readonly string[]}
 */
export function failedTests(report) {
  if (typeof report !== 'object' || report === null) return []
  const { title, fullName, name, status, ok, file } = /** @type {Record<string, unknown>} */ (
    report
  )
  const below = Object.values(report).flatMap(failedTests)
  const isTest = ok === false || (status === 'failed' && typeof fullName === 'string')
  // A file of tests that did not even load has no failed test below it.
  const isFile = status === 'failed' && typeof name === 'string' && below.length === 0
  if (!isTest && !isFile) return below
  const shown = [file, fullName ?? title ?? name].filter((text) => typeof text === 'string')
  return [`${shown.join(' › ')}${firstError(report)}`]
}

/** @param {object} report */
function firstError(report) {
  const message = firstMessage(report)
  if (message === null) return ''
  // The runners colour their errors for a terminal.
  const [line = ''] = message.replace(COLOURS, '').trim().split('\n')
  return `: ${line.slice(0, LONGEST)}`
}

const LONGEST = 200
const ESCAPE = String.fromCharCode(27)
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g')

/**
 * @param {unknown} value
 * @returns {string | null}
 */
function firstMessage(value) {
  if (typeof value !== 'object' || value === null) return null
  const { failureMessages, message } = /** @type {Record<string, unknown>} */ (value)
  if (Array.isArray(failureMessages) && typeof failureMessages[0] === 'string') {
    return failureMessages[0]
  }
  if (typeof message === 'string' && message !== '') return message
  for (const below of Object.values(value)) {
    const found = firstMessage(below)
    if (found !== null) return found
  }
  return null
}
