import packageJson from '../../package.json' with { type: 'json' }
import { parseCommandLine } from './command-line'
import { compare } from './compare'
import { exitCode, EXIT } from './exit-code'
import { inspect } from './inspect'
import { merge } from './merge'
import { isOutputTaken } from './report-outputs'
import { show } from './show'
import { openTerminal } from './terminal'
import { usage } from './usage'

/** `npm run bakeoff -- …`: the comparison without a window. Answers the exit code. */
export async function bakeoff(args: readonly string[]): Promise<number> {
  const parsed = parseCommandLine(args)
  if (!parsed.ok) {
    openTerminal(false).fail(parsed.failure)
    return exitCode(parsed.failure.code)
  }
  const command = parsed.value
  switch (command.kind) {
    case 'help':
      process.stdout.write(usage())
      return EXIT.done
    case 'version':
      process.stdout.write(`${packageJson.version}\n`)
      return EXIT.done
    case 'compare':
      return compare(command, openTerminal(isOutputTaken(command.outputs)))
    case 'merge':
      return merge(command, openTerminal(isOutputTaken(command.outputs)))
    case 'show':
      return show(command, openTerminal(isOutputTaken(command.outputs)))
    case 'inspect':
      return inspect(command, openTerminal(command.json === '-'))
  }
}
