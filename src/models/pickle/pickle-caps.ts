import { capOf, type CappedFile } from '../../core/caps'
import type { PickleRules } from './read-pickle'

/** The limits of pickles within a file, raised where the user has raised them. */
export function pickleCaps(
  file: CappedFile,
): Required<Pick<PickleRules, 'bytesCap' | 'valuesCap'>> {
  return { bytesCap: capOf(file, 'pickle-bytes'), valuesCap: capOf(file, 'pickle-values') }
}
