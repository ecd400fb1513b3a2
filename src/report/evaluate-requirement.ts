import { closestName } from '../core/closest-name'
import { quoted } from '../core/display-text'
import type { Leaf, Place } from './requirement-scope'
import type { BinaryOperator, FunctionName, Syntax } from './requirement-syntax'

/** Why an expression has no value: a name that leads nowhere, or kinds that do not go together. */
export class RequirementError extends Error {
  override readonly name = 'RequirementError'
}

type Scope = ReadonlyMap<string, Place>

/**
 * The value of an expression. Null is a figure that is undefined: whatever is computed from it or
 * compared with it is undefined too, unless the other side already decides (`false && …`).
 * @throws RequirementError
 */
export function evaluateRequirement(syntax: Syntax, scope: Scope): Leaf {
  switch (syntax.kind) {
    case 'literal':
      return syntax.value
    case 'name':
      return lookUp(syntax.path, scope)
    case 'unary': {
      const value = evaluateRequirement(syntax.operand, scope)
      if (value === null) return null
      if (syntax.operator === '!') return !condition(value)
      return syntax.operator === '-' ? -figure(value) : figure(value)
    }
    case 'call': {
      const values = syntax.operands.map((operand) => evaluateRequirement(operand, scope))
      const figures = values.flatMap((value) => (value === null ? [] : figure(value)))
      return figures.length < values.length ? null : call(syntax.name, figures)
    }
    case 'binary':
      return binary(syntax.operator, syntax, scope)
  }
}

function call(name: FunctionName, values: readonly number[]): number {
  return name === 'abs' ? Math.abs(values[0] ?? NaN) : Math[name](...values)
}

/** @throws RequirementError */
export function lookUp(path: readonly (string | number)[], scope: Scope): Leaf {
  let at: Place = scope
  for (const [depth, step] of path.entries()) {
    if (at === null) return null
    const before = path.slice(0, depth).join('.')
    if (typeof at !== 'object') throw new RequirementError(`${before} holds nothing further`)
    const next: Place | undefined = at.get(String(step))
    if (next === undefined) throw unknownName(before, String(step), [...at.keys()])
    at = next
  }
  if (at !== null && typeof at === 'object') {
    throw new RequirementError(`${path.join('.')} is no figure: it holds ${listed([...at.keys()])}`)
  }
  return at
}

const NAMES_LISTED = 8

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nothing'
  const more = names.length > NAMES_LISTED ? ', …' : ''
  return (
    names
      .slice(0, NAMES_LISTED)
      .map((name) => quoted(name))
      .join(', ') + more
  )
}

function unknownName(before: string, step: string, known: readonly string[]): RequirementError {
  const near = closestName(step, known)
  const where = before === '' ? 'There is nothing' : `${before} has nothing`
  const hint = near === null ? `it holds ${listed(known)}` : `did you mean ${quoted(near)}?`
  return new RequirementError(`${where} called ${quoted(step)}: ${hint}`)
}

function binary(
  operator: BinaryOperator,
  sides: { readonly left: Syntax; readonly right: Syntax },
  scope: Scope,
): Leaf {
  const left = evaluateRequirement(sides.left, scope)
  const right = evaluateRequirement(sides.right, scope)
  if (operator === '&&' || operator === '||') return logical(operator, left, right)
  const isAskedForNull = [sides.left, sides.right].some(
    (side) => side.kind === 'literal' && side.value === null,
  )
  if (operator === '==' || operator === '!=') {
    if (!isAskedForNull && (left === null || right === null)) return null
    if (!isAskedForNull) sameKind(left, right)
    return (left === right) === (operator === '==')
  }
  if (left === null || right === null) return null
  return compute(operator, figure(left), figure(right))
}

/** Three-valued: what is decided by one side alone needs no other. */
function logical(operator: '&&' | '||', left: Leaf, right: Leaf): boolean | null {
  const decisive = operator === '||'
  const sides = [left, right].map((side) => (side === null ? null : condition(side)))
  if (sides.includes(decisive)) return decisive
  return sides.includes(null) ? null : !decisive
}

function compute(
  operator: Exclude<BinaryOperator, '&&' | '||' | '==' | '!='>,
  left: number,
  right: number,
): number | boolean | null {
  switch (operator) {
    case '+':
      return finite(left + right)
    case '-':
      return finite(left - right)
    case '*':
      return finite(left * right)
    case '/':
      return finite(left / right)
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
  }
}

/** A quotient by zero is undefined, as in the report. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function figure(value: Exclude<Leaf, null>): number {
  if (typeof value !== 'number') throw new RequirementError(`${shown(value)} is no number`)
  return value
}

function condition(value: Exclude<Leaf, null>): boolean {
  if (typeof value !== 'boolean') {
    throw new RequirementError(`${shown(value)} is neither true nor false`)
  }
  return value
}

function sameKind(left: Leaf, right: Leaf): void {
  if (typeof left !== typeof right) {
    throw new RequirementError(`${shown(left)} and ${shown(right)} are of different kinds`)
  }
}

function shown(value: Leaf): string {
  return typeof value === 'string' ? quoted(value) : String(value)
}
