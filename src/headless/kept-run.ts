import { rmdirSync } from 'node:fs'
import type { CompareCommand } from './command-line'
import { EXIT } from './exit-code'
import type { Keeping } from './open-page'
import type { PageSession } from './page-session'
import { isRunKept, makeRunFolder, removeRunFolder, runFolder } from './run-folder'

/** The finished rows of one command on disk: from before the browser starts until after its end. */
export class KeptRun {
  #isInUse = false
  #hasRun = false
  #hasReport = false

  private constructor(
    /** Null where nothing can be kept. */
    readonly keeping: Keeping | null,
    private readonly remark: (text: string) => void,
  ) {}

  /** @param paths absolute, models and data in the order given */
  static begin(
    paths: readonly string[],
    { settings, share, isResumed }: CompareCommand,
    remark: (text: string) => void,
  ): KeptRun {
    const folder = runFolder(paths, settings, share)
    const isFound = isRunKept(folder)
    if (isResumed && !isFound) {
      remark('No unfinished run of this comparison is kept: it starts from the first row.')
    }
    try {
      makeRunFolder(folder)
    } catch {
      remark(`${folder} cannot be made: this run cannot be resumed.`)
      return new KeptRun(null, remark)
    }
    return new KeptRun({ folder, isResumed: isResumed && isFound }, remark)
  }

  /** The browser is open. */
  noteSession(session: PageSession): void {
    this.#isInUse = session.isKept
  }

  /** The models have been run, so that there may be finished rows. */
  noteRun(): void {
    this.#hasRun = true
  }

  /** Every model has ended and the report is where it was asked for: nothing is left to resume. */
  noteReport(): void {
    this.#hasReport = true
  }

  /** The browser is closed. A folder that another command is using stays as it is. */
  end(code: number): void {
    if (this.keeping === null) return
    const { folder, isResumed } = this.keeping
    if (!this.#isInUse) {
      removeEmpty(folder)
      return
    }
    const isWorthless = code === EXIT.badInput && !this.#hasRun && !isResumed
    if (this.#hasReport || isWorthless) removeRunFolder(folder)
    else this.remark('Finished rows are kept: the same command with --resume goes on from there.')
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // It holds what an earlier or another command keeps.
  }
}
