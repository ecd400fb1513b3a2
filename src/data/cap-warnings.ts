const WARNINGS_CAP = 50

/** A file can be odd in every column: the first warnings tell enough. */
export function capWarnings(all: readonly string[]): readonly string[] {
  if (all.length <= WARNINGS_CAP) return all
  return [
    ...all.slice(0, WARNINGS_CAP),
    `${String(all.length - WARNINGS_CAP)} more remarks of this kind were left out.`,
  ]
}
