import { readFileSync } from 'node:fs'
import { fromRoot } from '../../src/headless/repository.mjs'

/** What `setInputFiles` takes: a path, or a file made up for one test. */
export type InputFile = string | { name: string; mimeType: string; buffer: Buffer }

/** Path of a model of the demo, by its name. */
export function demoModel(name: string): string {
  return fromRoot(`public/demo/${name}.onnx`)
}

/** Path of a model of `test/fixtures`, by its name. */
export function fixtureModel(name: string): string {
  return fromRoot(`test/fixtures/models/${name}.onnx`)
}

/** Path of a table of `test/fixtures`, by its name. */
export function fixtureData(name: string): string {
  return fromRoot(`test/fixtures/${name}.csv`)
}

export const DIGITS = fromRoot('public/demo/digits.csv')

/** A file that is on no disk. */
export function madeUp(name: string, content: string | Uint8Array): InputFile {
  return { name, mimeType: '', buffer: Buffer.from(content) }
}

/** The rows of the demo many times over: with `digits_slow` enough work to look at a run. */
export function manyDigits(): InputFile {
  const [head = '', ...rows] = readFileSync(DIGITS, 'utf8').trimEnd().split('\n')
  const times = 40
  return madeUp('many.csv', [head, ...Array.from({ length: times }, () => rows).flat()].join('\n'))
}
