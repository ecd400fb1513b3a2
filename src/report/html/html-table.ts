import { markup, type Html, type HtmlPart } from './markup'

export interface HtmlColumn<Row> {
  readonly title: HtmlPart
  /** Figures stand at the right. */
  readonly isFigure?: boolean
  readonly cell: (row: Row, index: number) => HtmlPart
}

/** A table with a name; its first column heads the rows. It scrolls by itself where it is wide. */
export function htmlTable<Row>(
  caption: string,
  columns: readonly HtmlColumn<Row>[],
  rows: readonly Row[],
): Html {
  const kind = ({ isFigure }: HtmlColumn<Row>) => (isFigure === true ? markup` class="figure"` : '')
  const cell = (column: HtmlColumn<Row>, row: Row, at: number, index: number) =>
    index === 0
      ? markup`<th scope="row" ${kind(column)}>${column.cell(row, at)}</th>`
      : markup`<td ${kind(column)}>${column.cell(row, at)}</td>`
  return markup`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => markup`<th scope="col" ${kind(column)}>${column.title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row, at) =>
            markup`<tr>
              ${columns.map((column, index) => cell(column, row, at, index))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
