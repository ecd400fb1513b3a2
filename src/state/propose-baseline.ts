/** What people call the model that is to be beaten. */
const BASELINE_NAMES = ['champion', 'baseline', 'best', 'previous']

/**
 * The model that the others are held against: the first whose name says so, likeliest word first,
 * else the first one. Null without models.
 */
export function proposeBaseline<Model extends { readonly name: string }>(
  models: readonly Model[],
): Model | null {
  for (const word of BASELINE_NAMES) {
    const named = models.find(({ name }) => name.toLowerCase().includes(word))
    if (named !== undefined) return named
  }
  return models[0] ?? null
}
