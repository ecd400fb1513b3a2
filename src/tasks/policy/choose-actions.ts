/** Numbers that a policy answered with, as its output tensor holds them. */
export type PolicyAnswers = Float32Array | Float64Array | Int32Array | BigInt64Array

/** A row whose answer is no action. */
export interface BadAnswer {
  /** Row of the batch. */
  readonly row: number
  readonly value: number
}

/**
 * Reads one action per row from the answers of a policy.
 * - `scores`: logits or probabilities, row-major rows × width; the index of the largest, the first of
 *   equals. −∞ is a score (a masked action), NaN is none.
 * - `index`: the action itself, already chosen by the graph; a whole number below `width`.
 * - `target`: one number per row, clipped to −1 … 1.
 *
 * Writes into `actions`, one per row, NaN where an answer is no action.
 * @returns the first row whose answer is no action, or null where all are
 */
export function chooseActions(
  kind: 'scores' | 'index' | 'target',
  answers: PolicyAnswers,
  width: number,
  actions: Float64Array,
): BadAnswer | null {
  const step = kind === 'scores' ? width : 1
  let bad: BadAnswer | null = null
  for (let row = 0; row < actions.length; row += 1) {
    const action =
      kind === 'scores'
        ? largestOf(answers, row * width, width)
        : kind === 'index'
          ? indexOf(answers[row], width)
          : clip(Number(answers[row]))
    if (Number.isNaN(action)) bad ??= { row, value: Number(answers[row * step]) }
    actions[row] = action
  }
  return bad
}

/** NaN where any score is. */
function largestOf(answers: PolicyAnswers, start: number, width: number): number {
  let best = 0
  let largest = Number(answers[start])
  if (Number.isNaN(largest)) return NaN
  for (let action = 1; action < width; action += 1) {
    const score = Number(answers[start + action])
    if (Number.isNaN(score)) return NaN
    if (score > largest) {
      largest = score
      best = action
    }
  }
  return best
}

function indexOf(answer: number | bigint | undefined, width: number): number {
  const index = Number(answer)
  return Number.isInteger(index) && index >= 0 && index < width ? index : NaN
}

function clip(target: number): number {
  return Math.min(1, Math.max(-1, target))
}
