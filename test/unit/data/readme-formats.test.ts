import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundleFolder } from '../../../src/core/folder-bundle'
import { DATA_FORMATS } from '../../../src/data/data-formats'
import { readDataset } from '../../../src/data/read-dataset'
import { fromRoot } from '../../../src/headless/repository.mjs'
import { readModel } from '../../../src/models/read-model'

interface Row {
  readonly format: string
  /** Paths from the root. */
  readonly files: readonly string[]
}

/** Rows of a table in the section on formats, by the head of its first column. */
function table(head: string): readonly Row[] {
  const readme = readFileSync(fromRoot('README.md'), 'utf8')
  const [, section = ''] = readme.split('\n### Formats\n')
  const [, rows = ''] = section.split(
    `| ${head} | what is read | test file |\n| --- | --- | --- |\n`,
  )
  return (rows.split('\n\n')[0] ?? '').split('\n').map((line) => {
    const cells = line.split(' | ')
    const files = [...(cells.at(-1) ?? '').matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? '')
    return { format: (cells[0] ?? '').replace('| ', ''), files }
  })
}

const fileOf = (path: string) => new File([readFileSync(fromRoot(path))], basename(path))

/** What a user drops: the file itself, or the folder that it is a part of. */
function dropped(path: string): File {
  if (!path.endsWith('.pb')) return fileOf(path)
  const folder = dirname(dirname(path))
  const names = readdirSync(fromRoot(folder), { recursive: true, encoding: 'utf8' })
  const parts = names
    .filter((name) => name.endsWith('.pb'))
    .map((name) => ({ path: name, file: fileOf(join(folder, name)) }))
  return bundleFolder(basename(folder), parts)
}

const data = table('format')
const models = table('model')

describe('the formats in the README', () => {
  it.each([...data, ...models])('$format have files that exist', ({ files }) => {
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter((path) => !existsSync(fromRoot(path)))).toEqual([])
  })

  // Node decodes no images: what reads them runs in a browser.
  const inBrowser = data.filter(({ format }) => format === 'images')
  it('images are read by a test in the browser', () => {
    expect(inBrowser.flatMap(({ files }) => files)).toEqual(['test/fixtures/images/pets.zip'])
    const tests = readFileSync(fromRoot('test/browser/images.test.ts'), 'utf8')
    expect(tests).toContain("'pets.zip'")
  })

  it.each(data.filter((row) => !inBrowser.includes(row)))('$format are read', async ({ files }) => {
    for (const path of files) {
      const outcome = await readDataset(dropped(path), 'd', () => undefined)
      expect(outcome.ok ? outcome.value.info.rows : outcome.failure.message, path).toBeGreaterThan(
        0,
      )
    }
  })

  it.each(models)('$format are read', async ({ files }) => {
    const weights = fileOf('test/fixtures/forms/weights.bin')
    for (const path of files) {
      const outcome = await readModel(fileOf(path), null, [weights])
      const found = outcome.ok ? outcome.value.header.operators.length : outcome.failure.message
      expect(found, path).toBeGreaterThan(0)
    }
  })

  it('are all that there are', async () => {
    const heads = await Promise.all(
      data.flatMap(({ files }) => files).map((path) => dropped(path).slice(0, 4096).arrayBuffer()),
    )
    const read = heads.map((head) =>
      DATA_FORMATS.find(({ accepts }) => accepts(new Uint8Array(head))),
    )
    expect(DATA_FORMATS.filter((format) => !read.includes(format))).toEqual([])
  })
})
