/** A goal, what was measured, and whether it holds. */
export function judge(
  name: string,
  value: number,
  goal: { readonly atMost: number } | { readonly atLeast: number },
): string {
  const [word, limit, holds] =
    'atMost' in goal
      ? ['at most', goal.atMost, value <= goal.atMost]
      : ['at least', goal.atLeast, value >= goal.atLeast]
  return `${name}: **${value.toFixed(2)}** (goal: ${word} ${limit.toFixed(2)}) ${holds ? '✓' : '✗'}`
}
