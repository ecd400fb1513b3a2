/** Names of megabytes exist in hostile files. */
const NAME_LIMIT = 200

/** Lower-case words of a graph's name: `lstm`, `h` and `out` of `lstm_hOut`. */
export function nameWords(name: string): readonly string[] {
  return name
    .slice(0, NAME_LIMIT)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}
