import type { Report } from '../../core/report'

/** One model has one colour everywhere, in the order in which the models were given. */
export function modelColours({ models }: Report): ReadonlyMap<string, number> {
  return new Map(models.map(({ name }, index) => [name, index]))
}
