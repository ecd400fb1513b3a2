/** Cases of the list of faults that Bakeoff is held against, numbered throughout: A1 … N88. */
export const FAULT_CASES = 88

/** Tests are named with the cases that they hold: "B13, B14 a second crash …". */
const NAMED = /^((?:[A-N]\d{1,2}(?:, )?)+) /

/**
 * Which cases the tests of a report name, by number, and whether all of their tests passed. Reads the
 * reports of Vitest and of Playwright alike.
 * @param {unknown} report
 * @param {Map<number, boolean>} [cases] added to
 * @returns {Map<number, boolean>}
 */
export function faultCases(report, cases = new Map()) {
  if (typeof report !== 'object' || report === null) return cases
  const { title, status, ok } = /** @type {Record<string, unknown>} */ (report)
  const hasPassed = typeof ok === 'boolean' ? ok : status === 'passed'
  const isTest = typeof ok === 'boolean' || status === 'passed' || status === 'failed'
  const named = typeof title === 'string' && isTest ? (NAMED.exec(title)?.[1] ?? '') : ''
  for (const [number] of named.matchAll(/\d+/g)) {
    cases.set(Number(number), (cases.get(Number(number)) ?? true) && hasPassed)
  }
  for (const value of Object.values(report)) faultCases(value, cases)
  return cases
}

/** @param {ReadonlyMap<number, boolean>} cases */
export function describeFaultCases(cases) {
  const numbers = [...cases].filter(([number]) => number <= FAULT_CASES)
  const passed = numbers.filter(([, hasPassed]) => hasPassed).length
  return `Fault cases: ${String(passed)} passed of ${String(FAULT_CASES)}, ${String(numbers.length)} under test`
}
