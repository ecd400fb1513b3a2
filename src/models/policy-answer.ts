import type { Dimension, PolicyInfo, ValueInfo } from '../core/model'
import { nameWords } from './name-words'

export type PolicyAnswer = Pick<
  PolicyInfo,
  'answer' | 'answerKind' | 'actionCount' | 'answersEveryBar'
>

/** What actions are called, the most telling first: of several outputs the first kind is read. */
const SCORES = [
  'logit',
  'logits',
  'prob',
  'probs',
  'probability',
  'probabilities',
  'score',
  'scores',
  'q',
]
const ACTIONS = ['action', 'actions', 'policy', 'pi']
/** Words of outputs that stand beside the action: `log_prob` is one number on the action taken. */
const OTHERS = new Set(['log', 'value', 'values', 'critic', 'entropy'])

/** More scores than this are no choice of trades. */
const MOST_ACTIONS = 64

export function isAnswerName(name: string): boolean {
  return rankOf(name) !== null
}

/**
 * The output that says what a policy does: scores of two actions or more, the index of an action, or one
 * continuous action. Null where there is none, or where several numbers are one action.
 * @param outputs those that are no state
 */
export function findAnswer(
  outputs: readonly ValueInfo[],
  axes: PolicyInfo['axes'],
): PolicyAnswer | null {
  const named = outputs
    .flatMap((output) => {
      const rank = rankOf(output.name)
      return rank === null ? [] : [{ output, rank }]
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ output }) => output)
  const others = outputs.filter(({ name }) => !nameWords(name).some((word) => OTHERS.has(word)))
  const candidates = named.length > 0 ? named : others.length === 1 ? others : []
  for (const output of candidates) {
    const answer = answerOf(output, axes)
    if (answer !== null) return answer
  }
  return null
}

function rankOf(name: string): number | null {
  const words = nameWords(name)
  // The values of Q are the one kind of value that is an answer.
  if (!words.includes('q') && words.some((word) => OTHERS.has(word))) return null
  const ranks = [SCORES, ACTIONS].flatMap((kind, rank) =>
    words.some((word) => kind.includes(word)) ? [rank] : [],
  )
  return ranks[0] ?? null
}

function answerOf(output: ValueInfo, axes: PolicyInfo['axes']): PolicyAnswer | null {
  const { name, type, shape, isTensor } = output
  if (!isTensor || shape === null) return null
  const isScores = rankOf(name) !== 1
  const lead = axes === 'batch' ? 1 : 2
  if (type === 'int64' || type === 'int32') {
    // The last axis of one is left out by some exporters.
    const leads = shape.at(-1) === 1 && shape.length > 1 ? shape.length - 1 : shape.length
    if (leads < 1 || leads > lead) return null
    return { ...common(name, leads, lead), answerKind: 'index', actionCount: null }
  }
  if (type !== 'float32') return null
  const width = shape.at(-1) ?? null
  if (isScores && isWide(width)) {
    const leads = shape.length - 1
    if (leads < 1 || leads > lead) return null
    return { ...common(name, leads, lead), answerKind: 'scores', actionCount: width }
  }
  if (isScores && rankOf(name) === 0) return null
  return width === 1 && shape.length - 1 >= 1 && shape.length - 1 <= lead
    ? { ...common(name, shape.length - 1, lead), answerKind: 'target', actionCount: null }
    : null
}

function common(answer: string, leads: number, lead: number) {
  return { answer, answersEveryBar: lead === 2 && leads === lead }
}

function isWide(width: Dimension): width is number {
  return typeof width === 'number' && width >= 2 && width <= MOST_ACTIONS
}
