import { quoted } from '../../core/display-text'
import { failed, success, type Outcome } from '../../core/failure'
import { formatList, formatQuantity } from '../../core/format'
import type { ModelInfo } from '../../core/model'
import type { OutputPart } from '../../core/task'
import type { ReadableOutput } from './readable-outputs'

/** What the answers are compared with. */
export interface Counterparts {
  /** As messages call it: `the baseline fp32.onnx`. */
  readonly title: string
  readonly outputs: readonly ReadableOutput[]
}

export interface MatchedOutputs {
  readonly parts: readonly OutputPart[]
  /** Sentences on what is compared under different names, and what is left out. */
  readonly warnings: readonly string[]
}

/**
 * Which output is compared with which: those of one name, one kind and one width. A single output on
 * either side is compared whatever it is called. Nothing is ever matched by its position.
 */
export function matchOutputs(
  model: ModelInfo,
  own: readonly ReadableOutput[],
  reference: Counterparts,
): Outcome<MatchedOutputs> {
  const [first] = own
  const [only] = reference.outputs
  if (first === undefined || only === undefined) return nothingReadable(model)
  const named = own.flatMap((output) => {
    const counterpart = reference.outputs.find((other) => other.output === output.output)
    return counterpart === undefined ? [] : [{ output, counterpart }]
  })
  const isAlone = own.length === 1 && reference.outputs.length === 1
  if (named.length === 0 && !isAlone) return unnamed(model, own, reference)
  const pairs = named.length > 0 ? named : [{ output: first, counterpart: only }]
  const parts = pairs.flatMap((pair) => pairPart(pair) ?? [])
  if (parts.length === 0) return misshapen(model, pairs, reference)
  return success({ parts, warnings: explain(model, parts, own, reference) })
}

interface Pair {
  readonly output: ReadableOutput
  readonly counterpart: ReadableOutput
}

function pairPart({ output, counterpart }: Pair): OutputPart | null {
  const width = output.width ?? counterpart.width
  const isText = output.type === 'string'
  if (width === null || width !== (counterpart.width ?? width)) return null
  if (isText !== (counterpart.type === 'string')) return null
  // A recorded label may stand in the data as a number of any type.
  const kind = output.kind === 'labels' || counterpart.kind === 'labels' ? 'labels' : 'values'
  if (kind === 'labels' && width !== 1) return null
  return { output: output.output, width, kind, counterpart: counterpart.output, type: output.type }
}

function explain(
  { fileName }: ModelInfo,
  parts: readonly OutputPart[],
  own: readonly ReadableOutput[],
  reference: Counterparts,
): readonly string[] {
  const [part] = parts
  const renamed =
    part === undefined || part.output === part.counterpart
      ? []
      : [
          `${fileName}: its only output ${quoted(part.output)} is compared with ${quoted(part.counterpart)}, the only one of ${reference.title}.`,
        ]
  const left = own.filter(({ output }) => !parts.some((other) => other.output === output))
  const lacking = reference.outputs.filter(
    ({ output }) => !parts.some(({ counterpart }) => counterpart === output),
  )
  return [
    ...renamed,
    ...(left.length === 0
      ? []
      : [
          `${fileName}: ${named(left)} ${left.length === 1 ? 'has' : 'have'} no counterpart in ${reference.title} and ${left.length === 1 ? 'is' : 'are'} not compared.`,
        ]),
    ...(lacking.length === 0
      ? []
      : [`${fileName} is not compared on ${named(lacking)} of ${reference.title}.`]),
  ]
}

function nothingReadable({ fileName }: ModelInfo): Outcome<never> {
  return failed(
    'output-shape',
    `${fileName} has no output with an answer for every row.`,
    'Leave this model out, or export it with a tensor whose first axis is the batch.',
  )
}

function unnamed(
  { fileName }: ModelInfo,
  own: readonly ReadableOutput[],
  reference: Counterparts,
): Outcome<never> {
  return failed(
    'output-mapping',
    `${fileName} gives ${named(own)}, ${reference.title} ${named(reference.outputs)}: no output has the same name, and none is matched by its position.`,
    'Export the models with the same names of outputs, or leave this model out.',
  )
}

function misshapen(
  { fileName }: ModelInfo,
  pairs: readonly Pair[],
  reference: Counterparts,
): Outcome<never> {
  const [pair] = pairs
  const size = (output: ReadableOutput | undefined) =>
    output?.width == null
      ? `${output?.type ?? ''} of unknown width`
      : `${formatQuantity(output.width, `${output.type} number`)} per row`
  return failed(
    'output-shape',
    `${fileName} gives ${size(pair?.output)} as ${quoted(pair?.output.output ?? '')}, ${reference.title} ${size(pair?.counterpart)} as ${quoted(pair?.counterpart.output ?? '')}: they cannot be compared.`,
    'Choose another baseline, or leave this model out.',
  )
}

const OUTPUTS_SHOWN = 4

function named(outputs: readonly ReadableOutput[]): string {
  const names = outputs.slice(0, OUTPUTS_SHOWN).map(({ output }) => quoted(output))
  const rest = outputs.length - names.length
  return rest === 0 ? formatList(names) : `${names.join(', ')} and ${String(rest)} more`
}
