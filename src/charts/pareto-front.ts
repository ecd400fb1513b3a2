import type { Direction } from '../core/metric'

interface Candidate {
  readonly rate: number
  readonly value: number
}

/**
 * Indices of the candidates that no other one beats: none is at least as fast and at least as good,
 * and better in one of both. Slowest first; equal ones all count.
 */
export function paretoFront(
  candidates: readonly Candidate[],
  direction: Direction,
): readonly number[] {
  const sign = direction === 'higher' ? 1 : -1
  const beats = (a: Candidate, b: Candidate) =>
    a.rate >= b.rate &&
    sign * a.value >= sign * b.value &&
    (a.rate > b.rate || sign * a.value > sign * b.value)
  return candidates
    .flatMap((one, index) =>
      candidates.some((other) => beats(other, one)) ? [] : [{ one, index }],
    )
    .toSorted((a, b) => a.one.rate - b.one.rate)
    .map(({ index }) => index)
}
