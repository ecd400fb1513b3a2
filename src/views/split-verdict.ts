/**
 * A verdict as its first sentence, which is set large, and what follows it. The dots of "model.v2" and
 * "0.93" end no sentence.
 */
export function splitVerdict(verdict: string): { readonly first: string; readonly rest: string } {
  const end = /\.\s+(?=\S)/.exec(verdict)
  if (end === null) return { first: verdict, rest: '' }
  const from = end.index + 1
  return { first: verdict.slice(0, from), rest: verdict.slice(from).trimStart() }
}
