import type { Chart } from './chart'
import { keySample } from './key-sample'
import type { SvgNode } from './svg-node'
import { svgText } from './svg-text'
import { textNode } from './text-node'
import { fitText, textWidth } from './text-width'

const MARGIN = 20
const LINE = 20
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"

/**
 * A chart as an SVG file of its own: with its title, n and key, and with plain colours in place of
 * the page's names for them.
 * @param width of the drawing within its margin, pixels
 * @param colourOf what a colour of the page, `var(--ink)`, stands for
 */
export function standaloneSvg(
  chart: Chart,
  width: number,
  colourOf: (colour: string) => string,
): string {
  const drawing = chart.draw(width)
  const head = [
    textNode(fitText(chart.title, width, 16), 0, 14, {
      ...{ fill: 'var(--ink)', 'font-size': 16, 'font-weight': 600 },
    }),
    textNode(fitText(chart.note, width), 0, 34),
  ]
  const key = drawing.isLabelled ? [] : keyNodes(chart, width)
  const keyTop = 48
  const keyLines = key.reduce((lines, { line }) => Math.max(lines, line + 1), 0)
  const top = keyTop + keyLines * LINE + 12
  const nodes: readonly SvgNode[] = [
    {
      tag: 'rect',
      attributes: { width: '100%', height: '100%', fill: 'var(--ground)' },
    },
    moved(MARGIN, MARGIN, head),
    moved(
      MARGIN,
      MARGIN + keyTop,
      key.map(({ node }) => node),
    ),
    moved(MARGIN, MARGIN + top, drawing.nodes),
  ]
  const [w, h] = [width + 2 * MARGIN, drawing.height + top + 2 * MARGIN]
  const size = `width="${String(w)}" height="${String(h)}" viewBox="0 0 ${String(w)} ${String(h)}"`
  const font = `font-family="${FONT}" font-size="12" font-variant-numeric="tabular-nums"`
  const label: SvgNode = { tag: 'title', attributes: {}, text: chart.description }
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${font} role="img">${svgText(
    [label, ...nodes].map((node) => coloured(node, colourOf)),
  )}</svg>\n`
}

function moved(x: number, y: number, children: readonly SvgNode[]): SvgNode {
  return { tag: 'g', attributes: { transform: `translate(${String(x)} ${String(y)})` }, children }
}

/** Entries side by side while there is room, then on the next line. */
function keyNodes(
  { key, marks }: Chart,
  width: number,
): readonly { readonly node: SvgNode; readonly line: number }[] {
  let x = 0
  let line = 0
  return key.map(({ name, paint, figure = '' }) => {
    const text = fitText(`${name} ${figure}`.trim(), width - 30)
    const size = textWidth(text) + 44
    if (x > 0 && x + size > width) {
      x = 0
      line += 1
    }
    const label = textNode(text, 26, 10, { fill: 'var(--ink)' })
    const node = moved(x, line * LINE, [keySample(marks, paint), label])
    x += size
    return { node, line }
  })
}

function coloured(node: SvgNode, colourOf: (colour: string) => string): SvgNode {
  const attributes = Object.fromEntries(
    Object.entries(node.attributes).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith('var(') ? colourOf(value) : value,
    ]),
  )
  const children = (node.children ?? []).map((child) => coloured(child, colourOf))
  return { ...node, attributes, children }
}
