/**
 * Returns carry rounding errors of a few 2⁻⁵² from the equity that they are made of. A spread or a
 * drawdown no larger than this is none: dividing by it would show noise as a figure.
 */
export const RETURN_NOISE = 1e-14
