/** The style sheet of the HTML report: the page's look, without anything to fetch. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#faf9f7, #161513);
  --raised: light-dark(#fff, #1f1d1a);
  --line: light-dark(#e6e2db, #35322d);
  --ink: light-dark(#1d1b18, #efece6);
  --muted: light-dark(#625d55, #a6a097);
  --good: light-dark(#17703f, #62cf93);
  --bad: light-dark(#b0261e, #ff9d92);
  --m0: light-dark(#0072b2, #2a8fd0);
  --m1: #d55e00;
  --m2: #009e73;
  --m3: light-dark(#c0609a, #cc79a7);
  --m4: light-dark(#b87e00, #e69f00);
  --m5: light-dark(#2c8fcb, #56b4e9);
  --m6: light-dark(#8c8400, #f0e442);
  --m7: light-dark(#4a4640, #b3aea5);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  font-variant-numeric: tabular-nums;
}
main, footer { max-width: 1200px; margin: 0 auto; padding: 24px; }
h1 { max-width: 40em; margin: 8px 0; font-size: 28px; line-height: 1.25; font-weight: 600; text-wrap: pretty; }
h2 { margin: 40px 0 12px; font-size: 20px; line-height: 1.3; font-weight: 600; }
h3 { margin: 16px 0 8px; font-size: 16px; font-weight: 600; }
h1, h2, h3, p, li, dd, dt, summary { overflow-wrap: anywhere; }
th, td { overflow-wrap: break-word; }
.mono { overflow-wrap: anywhere; }
p, ul { margin: 8px 0; }
.muted, footer { color: var(--muted); }
footer { font-size: 14px; }
.scroll { overflow-x: auto; margin: 12px 0; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); }
.scroll:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 6px 12px; border-bottom: 1px solid var(--line); text-align: start; font-weight: 400; vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--muted); font-size: 12px; }
tbody th { min-width: 12em; }
td:not(.figure) { min-width: 6em; }
.figure { text-align: end; white-space: nowrap; overflow-wrap: normal; }
tbody th.figure { min-width: 0; }
.first { font-weight: 600; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.mono { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 13px; }
.swatch { display: inline-block; width: 10px; height: 10px; margin-inline-end: 6px; border-radius: 2px; }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); gap: 16px; }
figure { margin: 0; min-width: 0; }
figure.wide { grid-column: 1 / -1; }
figcaption { font-size: 14px; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--muted); font-size: 11px; }
.grid { stroke: var(--line); }
.line { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 0; list-style: none; font-size: 14px; }
dl { display: grid; grid-template-columns: minmax(96px, max-content) minmax(0, 1fr); gap: 4px 16px; margin: 8px 0; }
dt { color: var(--muted); }
dd { margin: 0; }
details { margin: 8px 0; }
summary { cursor: pointer; font-weight: 600; }
@media (max-width: 600px) {
  main, footer { padding: 16px; }
  h1 { font-size: 22px; }
  dl { grid-template-columns: minmax(0, 1fr); }
  dd { margin-bottom: 8px; }
}
@media print {
  :root { color-scheme: light; }
  body { background: #fff; font-size: 11pt; }
  main, footer { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  tr, figure, dl > * { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`
