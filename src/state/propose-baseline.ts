import type { TaskKind } from '../core/task'

/** Of a parity check: a model as it was trained, and one that was made smaller. */
const FULL_PRECISION = /fp32|float32|\bf32\b|original/i
const REDUCED = /int8|uint8|int4|quant|qdq|fp16|float16|half|bf16|prun|distil/i
/** What people call the model that is to be beaten. */
const BASELINE_NAMES = ['champion', 'baseline', 'best', 'previous']

/**
 * The model that the others are held against: the first whose name says so, likeliest word first,
 * else the first one; for parity the first that is in full precision by its name, else one that does not say
 * the opposite. Null without models.
 */
export function proposeBaseline<Model extends { readonly name: string }>(
  models: readonly Model[],
  kind: TaskKind | null = null,
): Model | null {
  for (const word of BASELINE_NAMES) {
    const named = models.find(({ name }) => name.toLowerCase().includes(word))
    if (named !== undefined) return named
  }
  if (kind === 'parity') {
    const whole = models.find(({ name }) => FULL_PRECISION.test(name))
    return whole ?? models.find(({ name }) => !REDUCED.test(name)) ?? models[0] ?? null
  }
  return models[0] ?? null
}
