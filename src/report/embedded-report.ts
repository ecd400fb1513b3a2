import { escapeHtml, unescapeHtml } from './escape-html'

/** A `template` is inert: neither shown nor run nor searched by a page's own script. */
const OPEN = '<template id="bakeoff-report">'
const CLOSE = '</template>'

/** The JSON document as an element of the HTML report. */
export function embedReport(json: string): string {
  return `${OPEN}${escapeHtml(json)}${CLOSE}`
}

/** The JSON document that an HTML report holds; null where the text is no such report. */
export function embeddedReport(html: string): string | null {
  if (!/^\s*<!doctype html/i.test(html)) return null
  const start = html.indexOf(OPEN)
  const end = html.indexOf(CLOSE, start)
  return start < 0 || end < 0 ? null : unescapeHtml(html.slice(start + OPEN.length, end))
}
