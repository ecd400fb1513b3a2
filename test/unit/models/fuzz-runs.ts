/** Inputs per property: as many as `FUZZ_RUNS` says, else `usual`. */
export function fuzzRuns(usual: number): { readonly numRuns: number } {
  const wanted = Number(process.env['FUZZ_RUNS'] ?? NaN)
  return { numRuns: Number.isInteger(wanted) && wanted > 0 ? wanted : usual }
}

/** Inputs of a property that came past the first checks: the others say little of a reader. */
export class Depth {
  #inputs = 0
  #deep = 0

  note(isDeep: boolean): void {
    this.#inputs += 1
    if (isDeep) this.#deep += 1
  }

  get share(): number {
    return this.#inputs === 0 ? 0 : this.#deep / this.#inputs
  }
}

/** Time for a property with that many inputs. */
export const FUZZ_TIMEOUT_MS = process.env['FUZZ_RUNS'] === undefined ? 240_000 : 1_800_000
