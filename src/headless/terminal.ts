import { readAnyway } from '../core/read-anyway'
import type { Failure } from '../core/failure'

/** Where a command prints: results apart from remarks, so that a pipe gets only results. */
export interface Terminal {
  /** The run log, tables and the verdict. */
  print(line: string): void
  /** Remarks and failures. */
  remark(line: string): void
  fail(failure: Failure): void
}

/** @param isOutputTaken Standard output carries a document: everything else goes to stderr. */
export function openTerminal(isOutputTaken: boolean): Terminal {
  const print = (line: string) => {
    const stream = isOutputTaken ? process.stderr : process.stdout
    stream.write(`${printable(line)}\n`)
  }
  const remark = (line: string) => {
    process.stderr.write(`${printable(line)}\n`)
  }
  const fail = (failure: Failure) => {
    remark(failure.message)
    remark(`  ${failure.advice}`)
    const { cap } = failure
    const choice = readAnyway(failure)
    if (cap !== undefined && choice !== null) {
      remark(`  ${choice}: --limit ${cap.name}=${String(cap.wanted)}.`)
    }
  }
  return { print, remark, fail }
}

/** Names come from files: control characters in them could rewrite what the terminal shows. */
function printable(line: string): string {
  return line.replace(/\p{Cc}|\p{Bidi_Control}/gu, '\ufffd')
}
