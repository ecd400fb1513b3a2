import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import type { Report, ReportModel } from '../core/report'
import { baselineOf } from './baseline-of'
import { evaluateRequirement, lookUp, RequirementError } from './evaluate-requirement'
import type { RequirementCheck, RequirementResult } from './requirement'
import { requirementScope, type Leaf, type Place } from './requirement-scope'
import { parseRequirement, type Syntax } from './requirement-syntax'

/** Figures beyond these digits are noise. */
const DIGITS = 6

/**
 * Holds an expression against every candidate of a report: all models but the baseline, or the only
 * model there is; all of them where they are held against recorded answers. It holds when it holds for each of them; an undefined figure fulfils nothing.
 */
export function checkRequirement(expression: string, report: Report): Outcome<RequirementResult> {
  const syntax = parseRequirement(expression)
  if (!syntax.ok) return syntax
  const name = baselineOf(report)
  const baseline = report.models.find((model) => model.name === name)
  if (baseline === undefined) return wrong(expression, 'There is no model in the report')
  const isRecorded = (report.dataset.roles.reference ?? []).length > 0
  const others = report.models.filter((model) => isRecorded || model !== baseline)
  const checks: RequirementCheck[] = []
  for (const candidate of others.length === 0 ? [baseline] : others) {
    const check = checkCandidate(syntax.value, report, candidate, baseline)
    if (typeof check === 'string') return wrong(expression, check)
    checks.push(check)
  }
  return success({ expression, holds: checks.every(({ holds }) => holds), checks })
}

function wrong(expression: string, why: string): Outcome<never> {
  return failed(
    'setting-invalid',
    `The requirement ${quoted(expression)} cannot be checked. ${why}`,
    'Mend the expression; the report names every figure.',
  )
}

/** What was found, or why nothing could be. */
function checkCandidate(
  syntax: Syntax,
  report: Report,
  candidate: ReportModel,
  baseline: ReportModel,
): RequirementCheck | string {
  const scope = requirementScope(report, candidate, baseline)
  try {
    const value = evaluateRequirement(syntax, scope)
    if (value !== null && typeof value !== 'boolean') {
      return `${describe(syntax, scope)} is neither true nor false.`
    }
    const holds = value === true
    const how = holds
      ? 'holds'
      : value === null
        ? 'undefined, so it does not hold'
        : 'does not hold'
    const text = `${candidate.name}: ${how}, ${describe(syntax, scope)}`
    return { candidate: candidate.name, holds, text }
  } catch (error) {
    if (error instanceof RequirementError) return `${error.message.replace(/[.?]?$/, end)}`
    throw error
  }
}

function end(mark: string): string {
  return mark === '' ? '.' : mark
}

const BINDING = { '||': 1, '&&': 2, '==': 3, '!=': 3, '<': 4, '<=': 4, '>': 4, '>=': 4 }

/** The expression with its figures in place of their names. */
function describe(syntax: Syntax, scope: ReadonlyMap<string, Place>): string {
  switch (syntax.kind) {
    case 'literal':
      return shown(syntax.value)
    case 'name':
      return shown(lookUp(syntax.path, scope))
    case 'unary':
      return `${syntax.operator}${within(syntax.operand, 7, scope)}`
    case 'call':
      return `${syntax.name}(${syntax.operands.map((one) => describe(one, scope)).join(', ')})`
    case 'binary': {
      const { operator } = syntax
      const binding = bindingOf(operator)
      const right = within(syntax.right, binding + 1, scope)
      return `${within(syntax.left, binding, scope)} ${operator} ${right}`
    }
  }
}

/** In brackets where it binds less than its surroundings. */
function within(syntax: Syntax, binding: number, scope: ReadonlyMap<string, Place>): string {
  const text = describe(syntax, scope)
  return syntax.kind === 'binary' && bindingOf(syntax.operator) < binding ? `(${text})` : text
}

function bindingOf(operator: string): number {
  const known: Readonly<Record<string, number>> = BINDING
  return known[operator] ?? (operator === '+' || operator === '-' ? 5 : 6)
}

function shown(value: Leaf): string {
  if (value === null) return 'undefined'
  if (typeof value === 'number') return String(Number(value.toPrecision(DIGITS)))
  return typeof value === 'string' ? quoted(value) : String(value)
}
