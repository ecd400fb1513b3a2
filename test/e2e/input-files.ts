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
