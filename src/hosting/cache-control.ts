/** The build puts files named by a hash of their content here, and only those. */
export const HASHED_FOLDER = 'assets/'

export const KEEP_FOR_GOOD = 'public, max-age=31536000, immutable'
export const ASK_EACH_TIME = 'no-cache'

/** `Cache-Control` of a file, by its path within the build. */
export function cacheControl(path: string): string {
  return path.startsWith(HASHED_FOLDER) ? KEEP_FOR_GOOD : ASK_EACH_TIME
}
