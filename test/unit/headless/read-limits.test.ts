import { expect, it } from 'vitest'
import { parseCommandLine } from '../../../src/headless/command-line'

const limits = (...texts: string[]) => {
  const options = texts.flatMap((text) => ['--limit', text])
  const outcome = parseCommandLine(['compare', 'a.onnx', '--data', 'd.csv', ...options])
  if (!outcome.ok) return `${outcome.failure.message} ${outcome.failure.advice}`
  return outcome.value.kind === 'compare' ? outcome.value.limits : null
}

it('reads limits by name, several at once', () => {
  expect(limits()).toEqual([])
  expect(limits('columns=50000', 'gzip-ratio=900')).toEqual([
    ['columns', 50_000],
    ['gzip-ratio', 900],
  ])
})

it.each([
  ['colums=50000', 'There is no limit called "colums". Did you mean --limit columns=N?'],
  ['__proto__=1', 'There is no limit called "__proto__".'],
  ['columns', '--limit columns takes 16\u202f384 to 1\u202f000\u202f000 columns, not "".'],
  ['columns=5', 'not "5"'],
  ['columns=1e5', 'not "1e5"'],
  ['columns=9000000', 'Write it in digits alone: --limit columns=65536.'],
])('refuses %s', (text, words) => {
  expect(limits(text)).toContain(words)
})
