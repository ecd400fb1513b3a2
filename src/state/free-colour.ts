/** The lowest colour index that no model has. */
export function freeColour(taken: readonly number[]): number {
  let colour = 0
  while (taken.includes(colour)) colour += 1
  return colour
}
