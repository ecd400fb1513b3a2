import { REQUIREMENT_LENGTH } from '../core/caps'
import jsep from 'jsep'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'

/** An expression of `--require`: the part of JavaScript's that can only look and compare. */
export type Syntax =
  | { readonly kind: 'literal'; readonly value: number | string | boolean | null }
  | { readonly kind: 'name'; readonly path: readonly [string, ...(string | number)[]] }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Syntax }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Syntax
      readonly right: Syntax
    }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly operands: readonly Syntax[] }

const UNARY = ['-', '+', '!'] as const
const BINARY = ['+', '-', '*', '/', '<', '<=', '>', '>=', '==', '!=', '&&', '||'] as const
const FUNCTIONS = ['abs', 'min', 'max'] as const

export type UnaryOperator = (typeof UNARY)[number]
export type BinaryOperator = (typeof BINARY)[number]
export type FunctionName = (typeof FUNCTIONS)[number]

class Unsupported extends Error {}

/** Reads an expression. Nothing of it is looked up yet. */
export function parseRequirement(expression: string): Outcome<Syntax> {
  if (expression.length > REQUIREMENT_LENGTH) {
    return wrong(expression, `has more than ${String(REQUIREMENT_LENGTH)} characters`)
  }
  try {
    return success(read(jsep(expression)))
  } catch (error) {
    const why = error instanceof Unsupported ? error.message : syntaxError(error)
    return wrong(expression, why)
  }
}

function wrong(expression: string, why: string): Outcome<never> {
  return failed(
    'setting-invalid',
    `The requirement ${quoted(expression)} ${why}.`,
    'Write one as "candidate.f1Macro >= baseline.f1Macro - 0.005".',
  )
}

function syntaxError(error: unknown): string {
  const text = error instanceof Error ? error.message : ''
  return `cannot be read${/ at character \d+$/.test(text) ? `: ${text}` : ''}`
}

function read(node: jsep.Expression): Syntax {
  switch (node.type) {
    case 'Literal':
      return literal((node as jsep.Literal).value)
    case 'Identifier':
    case 'MemberExpression':
      return { kind: 'name', path: path(node) }
    case 'UnaryExpression': {
      const { operator, argument } = node as jsep.UnaryExpression
      const known = UNARY.find((one) => one === operator)
      if (known === undefined) throw new Unsupported(`uses ${operator}, which means nothing here`)
      return { kind: 'unary', operator: known, operand: read(argument) }
    }
    case 'BinaryExpression':
      return binary(node as jsep.BinaryExpression)
    case 'CallExpression':
      return call(node as jsep.CallExpression)
    case 'Compound':
      throw new Unsupported('is not one expression')
    default:
      throw new Unsupported(`has a part of a kind that is not known here (${node.type})`)
  }
}

function literal(value: jsep.Literal['value']): Syntax {
  if (value === null || ['number', 'string', 'boolean'].includes(typeof value)) {
    return { kind: 'literal', value: value as number | string | boolean | null }
  }
  throw new Unsupported('has a value of a kind that is not known here')
}

function binary({ operator, left, right }: jsep.BinaryExpression): Syntax {
  const known = BINARY.find((one) => one === operator)
  if (known !== undefined) {
    return { kind: 'binary', operator: known, left: read(left), right: read(right) }
  }
  const meant = { '===': '==', '!==': '!=' }[operator]
  throw new Unsupported(
    `uses ${operator}${meant === undefined ? ', which means nothing here' : `; write ${meant}`}`,
  )
}

function call({ callee, arguments: operands }: jsep.CallExpression): Syntax {
  const name = callee.type === 'Identifier' ? (callee as jsep.Identifier).name : ''
  const known = FUNCTIONS.find((one) => one === name)
  if (known === undefined) {
    throw new Unsupported(`calls something other than ${FUNCTIONS.join(', ')}`)
  }
  const isCounted = known === 'abs' ? operands.length === 1 : operands.length > 0
  if (!isCounted) throw new Unsupported(`gives ${known} too few or too many values`)
  return { kind: 'call', name: known, operands: operands.map(read) }
}

/** `a.b["c"][0]` → `a`, `b`, `c`, 0. */
function path(node: jsep.Expression): [string, ...(string | number)[]] {
  if (node.type === 'Identifier') return [(node as jsep.Identifier).name]
  if (node.type !== 'MemberExpression') throw new Unsupported('looks into something without a name')
  const { object, property, computed } = node as jsep.MemberExpression
  const start = path(object)
  if (!computed) return [...start, (property as jsep.Identifier).name]
  const { type, value } = property as jsep.Literal
  if (type !== 'Literal' || (typeof value !== 'string' && typeof value !== 'number')) {
    throw new Unsupported('has something other than a text or a number in brackets')
  }
  return [...start, value]
}
