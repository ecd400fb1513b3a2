/** Inputs per property: `FUZZ_RUNS=100000` for a thorough run, else `few`. */
export function fuzzRuns(few: number): { readonly numRuns: number } {
  const wanted = Number(process.env['FUZZ_RUNS'] ?? NaN)
  return { numRuns: Number.isInteger(wanted) && wanted > 0 ? wanted : few }
}

/** Time for a property with that many inputs. */
export const FUZZ_TIMEOUT_MS = process.env['FUZZ_RUNS'] === undefined ? 30_000 : 1_800_000
