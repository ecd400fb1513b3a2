import type { Chart } from '../charts/chart'
import { standaloneSvg } from '../charts/standalone-svg'
import { failed, success, type Outcome } from '../core/failure'
import { chartColumns } from './chart-columns'
import { colourReader } from './colour-reader'
import { downloadBlob } from './download-blob'
import { rasteriseSvg } from './rasterise-svg'
import { tableCsv } from './table-column'

export type ChartFile = 'png' | 'svg' | 'csv'

/** The same picture from any screen. */
const WIDTH = 760
/** Small screens of many dots, and print, show them. */
const SCALE = 2

/**
 * Hands a chart out as a file to keep: a picture in the theme of the page, or its figures.
 * @param place an element of the page, in whose colours it is drawn
 */
export async function saveChart(
  chart: Chart,
  file: ChartFile,
  place: HTMLElement,
): Promise<Outcome<null>> {
  const name = `${fileName(chart.title)}.${file}`
  if (file === 'csv') {
    const { columns, rows } = chartColumns(chart.table())
    downloadBlob(name, new Blob([tableCsv(rows, columns)], { type: 'text/csv' }))
    return success(null)
  }
  const svg = standaloneSvg(chart, WIDTH, colourReader(place))
  if (file === 'svg') {
    downloadBlob(name, new Blob([svg], { type: 'image/svg+xml' }))
    return success(null)
  }
  const picture = await rasteriseSvg(svg, SCALE)
  if (picture === null) {
    return failed(
      'out-of-memory',
      `The browser could not draw "${chart.title}" as a PNG.`,
      'Download it as SVG instead.',
    )
  }
  downloadBlob(name, picture)
  return success(null)
}

/** Letters and digits of any script: what no file system refuses. */
function fileName(title: string): string {
  const words = title.normalize('NFC').match(/[\p{L}\p{N}_]+/gu) ?? []
  return words.join('-').slice(0, 80).toLowerCase() || 'chart'
}
