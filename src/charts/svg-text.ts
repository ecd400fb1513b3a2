import type { SvgNode } from './svg-node'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** Elements as they stand in an SVG file. Texts come from strangers: all of them are escaped. */
export function svgText(nodes: readonly SvgNode[]): string {
  return nodes.map(element).join('')
}

function element({ tag, attributes, text = '', children = [] }: SvgNode): string {
  const listed = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('')
  const content = escaped(text) + svgText(children)
  return content === '' ? `<${tag}${listed}/>` : `<${tag}${listed}>${content}</${tag}>`
}

function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // What XML 1.0 cannot hold in any spelling.
      .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
      .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
  )
}
