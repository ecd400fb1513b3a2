import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseCommandLine, type Command } from '../../../src/headless/command-line'

const workflow = readFileSync('public/examples/github-actions.yml', 'utf8')

/** The command of a step, with what the workflow and the shell put into it. */
function command(verb: 'compare' | 'merge'): Command {
  const variables = new Map(
    [...workflow.matchAll(/^ {2}([A-Z]+): (.+)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
  const [, text = ''] = new RegExp(`bakeoff (${verb} (?:.+\\n {10})*.+)\\n`).exec(workflow) ?? []
  const filled = text
    .replaceAll('${{ matrix.index }}', '2')
    .replace(/"?\$([A-Z]+)"?/g, (_, name: string) => variables.get(name) ?? name)
    .replace('part-*.json', 'part-1.json part-2.json')
  const args = [...filled.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, word]) => quoted ?? word ?? '',
  )
  const outcome = parseCommandLine(args)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

test('the workflow of the README gives commands that this version takes', () => {
  expect(command('compare')).toMatchObject({
    models: ['models/champion.onnx', 'models/challenger.onnx'],
    data: ['data/holdout.csv'],
    share: { index: 2, count: 4 },
    outputs: { json: 'part-2.json' },
    settings: { baseline: 'champion', target: 'label' },
  })
  expect(command('merge')).toMatchObject({
    parts: ['part-1.json', 'part-2.json'],
    outputs: {
      ...{ json: 'report.json', html: 'report.html', markdown: 'verdict.md' },
      requirements: [
        "candidate.verdict != 'worse'",
        'candidate.f1Macro >= baseline.f1Macro - 0.005',
      ],
    },
  })
})

test('its matrix has as many shards as it says', () => {
  const [, shards] = /^ {2}SHARDS: (\d+)$/m.exec(workflow) ?? []
  const [, matrix = ''] = /index: \[(.*)\]/.exec(workflow) ?? []
  expect(matrix.split(', ')).toEqual(
    Array.from({ length: Number(shards) }, (_, i) => String(i + 1)),
  )
})
