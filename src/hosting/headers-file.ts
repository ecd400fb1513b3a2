import { HASHED_FOLDER, KEEP_FOR_GOOD } from './cache-control.ts'
import { PAGE_HEADERS } from './page-headers.ts'

/**
 * `_headers` as Netlify and Cloudflare read it, for a build at the root of its site. Files that no
 * rule names are asked for each time on both hosts, as their own defaults say.
 */
export function headersFile(): string {
  const every = Object.entries(PAGE_HEADERS).map(([name, value]) => `  ${name}: ${value}`)
  return ['/*', ...every, '', `/${HASHED_FOLDER}*`, `  Cache-Control: ${KEEP_FOR_GOOD}`, ''].join(
    '\n',
  )
}
