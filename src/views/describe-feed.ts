import { displayText } from '../core/display-text'
import { formatList, formatQuantity } from '../core/format'
import { describeShape } from '../core/model'
import type { InputLayout, ModelBinding, OutputBinding } from '../core/task'

const ANSWERS = {
  scores: 'one score per class',
  binary: 'the score of the second class',
  label: 'a label',
  value: 'a value',
  action: 'an action',
} as const

/** Outputs that are named; more are counted. */
const OUTPUTS_NAMED = 3

/** `64 columns as [batch, 1, 8, 8]; reads one score per class from "logits".` */
export function describeFeed(binding: ModelBinding, layouts: readonly InputLayout[]): string {
  const inputs = binding.inputs.map((input) => {
    const columns = layouts[input.layout]?.columns.length ?? 0
    const shape = input.hasBatchAxis
      ? [binding.fixedBatch ?? 'batch', ...input.rowShape]
      : input.rowShape
    return `${formatQuantity(columns, 'column')} as ${describeShape(shape)}`
  })
  const [first] = inputs
  const isOnePerColumn = inputs.length > 1 && inputs.every((input) => input.startsWith('1 '))
  const fed = isOnePerColumn
    ? `${formatQuantity(inputs.length, 'column')}, one per input`
    : inputs.length > 3
      ? `${formatQuantity(inputs.length, 'input')}, the first with ${first ?? ''}`
      : inputs.join(' and ')
  return `${fed}; reads ${describeAnswer(binding.output)}`
}

function describeAnswer({ kind, output, parts = [] }: OutputBinding): string {
  if (kind !== 'outputs') return `${ANSWERS[kind]} from ${displayText(output)}`
  const named = parts
    .slice(0, OUTPUTS_NAMED)
    .map(({ output: name, width }) => `${displayText(name)} (${formatQuantity(width, 'number')})`)
  const rest = parts.length - named.length
  return formatList(rest > 0 ? [...named, formatQuantity(rest, 'more output')] : named)
}
