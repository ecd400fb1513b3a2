import type { FailureCode } from '../core/failure'

/** What a caller's script can tell apart. */
export const EXIT = {
  done: 0,
  /** `--require`: also where it does not hold because a model failed. */
  requirementFailed: 1,
  badInput: 2,
  modelFailed: 3,
  noBrowser: 4,
  /** 128 + SIGINT, as shells have it. */
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const RUNNING: ReadonlySet<FailureCode> = new Set([
  'operator-unknown',
  'run-failed',
  'out-of-memory',
  'device-lost',
  'deadline-missed',
  'worker-failed',
  'runtime-unavailable',
  'internal',
])

/** The exit code of a command that ended in this failure. */
export function exitCode(code: FailureCode): ExitCode {
  if (code === 'browser-absent') return EXIT.noBrowser
  if (code === 'cancelled') return EXIT.interrupted
  return RUNNING.has(code) ? EXIT.modelFailed : EXIT.badInput
}
