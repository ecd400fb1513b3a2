import {
  COMPARE_OPTIONS,
  GENERAL_OPTIONS,
  INSPECT_OPTIONS,
  REPORT_OPTIONS,
  type OptionInfo,
} from './options'

const OPTION_WIDTH = 30

/** The text of `bakeoff --help`. */
export function usage(): string {
  return `Bakeoff compares ONNX models and trading policies on your own machine, in a headless browser.

  bakeoff compare MODEL… --data FILE [options]
  bakeoff merge PART… [options]
  bakeoff show REPORT [options]
  bakeoff inspect FILE… [--json FILE]

compare: answer the rows with every model, print the run log, the leaderboard and the verdict
${describeOptions(COMPARE_OPTIONS)}

merge: make one report of the parts that compare --shard has written, in any order
${describeOptions(REPORT_OPTIONS)}

show: print a report that was written as JSON or HTML, or write it in another form
${describeOptions(REPORT_OPTIONS)}

inspect: print what a model, a data file or a folder of images says of itself
${describeOptions(INSPECT_OPTIONS)}

always
${describeOptions(GENERAL_OPTIONS)}

A requirement compares figures of the report: candidate.f1Macro >= baseline.f1Macro - 0.005,
candidate.verdict != 'worse', candidate.timing.batchMs.p95 <= 1.1 * baseline.timing.batchMs.p95.
A figure that is undefined fulfils nothing.

A part holds the true answers (of a market the prices), so that figures can be computed from it: it is
for merge, not for sharing. Reports hold none of the data.

Exit codes: 0 done; 1 a requirement does not hold; 2 bad input or usage; 3 a model failed; 4 no browser
could be started; 130 interrupted.
The browser is BAKEOFF_CHROMIUM, Playwright's Chromium, or the system's Chromium or Chrome.

  npm run -s bakeoff -- compare a.onnx b.onnx --data rows.csv --target label --json report.json
  npm run -s bakeoff -- compare best_model.zip previous_model.zip --data market.csv --task policy \\
    --policy 'actions=hold|buy|sell|close,accountFeatures=position|unrealized,fee=0.0002' \\
    --windows initial=5000,step=500
`
}

function describeOptions(options: readonly OptionInfo[]): string {
  return options
    .map(({ name, value, help }) => {
      const term = value === null ? `--${name}` : `--${name} ${value}`
      return `  ${term.padEnd(OPTION_WIDTH)}${help}`
    })
    .join('\n')
}
