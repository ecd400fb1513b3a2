import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ASK_EACH_TIME, KEEP_FOR_GOOD } from '../../../src/hosting/cache-control'
import { headersFile } from '../../../src/hosting/headers-file'
import { PAGE_HEADERS } from '../../../src/hosting/page-headers'

function example(name: string): string {
  const address = new URL(`../../../src/hosting/examples/${name}`, import.meta.url)
  return readFileSync(fileURLToPath(address), 'utf8')
}

/** `Name "value"` at the head of a line, with or without `add_header`. */
function headersIn(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/^\s*(?:add_header\s+)?([A-Z][\w-]+)\s+"([^"]*)"/gm)
  return new Map([...found].map(([, name = '', value = '']) => [name, value]))
}

const ALL = new Map<string, string>(Object.entries(PAGE_HEADERS))

test('nginx sends the headers of the page', () => {
  expect(headersIn(example('nginx-headers.conf'))).toEqual(ALL)
  const text = example('nginx.conf')
  expect(text).toContain(`Cache-Control "${KEEP_FOR_GOOD}"`)
  expect(text).toContain(`Cache-Control "${ASK_EACH_TIME}"`)
  // A block with a header of its own takes none from around it.
  const blocks = text.match(/location \/bakeoff\//g)?.length
  expect(text.match(/include \S+headers\.conf;/g)).toHaveLength(blocks ?? 0)
})

test('Caddy sends the headers of the page', () => {
  expect(headersIn(example('Caddyfile'))).toEqual(ALL)
  expect(example('Caddyfile')).toContain(`header @hashed Cache-Control "${KEEP_FOR_GOOD}"`)
  expect(example('Caddyfile')).toContain(`header @named Cache-Control "${ASK_EACH_TIME}"`)
})

test('a headers file fits the limits of its hosts', () => {
  for (const line of headersFile().split('\n')) expect(line.length).toBeLessThan(2_000)
  expect(headersFile()).toMatch(
    /^\/\*\n( {2}[\w-]+: .+\n){6}\n\/assets\/\*\n {2}Cache-Control: .+\n$/,
  )
})
