import { errorText, failed, type Outcome } from './failure'

/**
 * The failure of a file that the browser stops reading, in the middle too.
 * @param named the file in words, as the start of a sentence
 */
export function unreadableFile(named: string, error: unknown): Outcome<never> {
  const name = error instanceof Error ? error.name : ''
  const isRefused = name === 'NotAllowedError' || name === 'SecurityError'
  return failed(
    'file-unreadable',
    isRefused
      ? `${named} could not be read: the permission to read it was taken back.`
      : `${named} could not be read: it was moved, changed or deleted since it was added.`,
    isRefused ? 'Allow this page to read the file, then add it again.' : 'Add the file again.',
    errorText(error),
  )
}
