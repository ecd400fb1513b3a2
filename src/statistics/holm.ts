/**
 * p-values adjusted by Holm's method for a family of tests, in the order given: reject those at most
 * the level, and the chance of any false rejection in the family stays below it. Null stays null and
 * takes no part.
 *
 * statsmodels: `multipletests(p, method="holm")`.
 * Source: S. Holm (1979), A simple sequentially rejective multiple test procedure.
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const adjusted: (number | null)[] = pValues.map(() => null)
  const family = pValues
    .flatMap((pValue, index) => (pValue === null ? [] : [{ pValue, index }]))
    .sort((one, other) => one.pValue - other.pValue)
  let largest = 0
  family.forEach(({ pValue, index }, place) => {
    largest = Math.max(largest, Math.min(1, (family.length - place) * pValue))
    adjusted[index] = largest
  })
  return adjusted
}
