import { formatFixed } from '../../core/format'
import { markup, raw, type Html } from './markup'

export interface Series {
  readonly name: string
  /** Index of the model's colour; further ones repeat it with dashes. */
  readonly colour: number
  readonly x: readonly number[]
  readonly y: readonly number[]
}

export interface ChartShape {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly xDomain: readonly [number, number]
  readonly yDomain: readonly [number, number]
  /** A line from corner to corner: chance, or perfect calibration. */
  readonly hasDiagonal?: boolean
  readonly isWide?: boolean
}

const HEIGHT = 260
const MARGIN = { top: 8, right: 12, bottom: 40, left: 56 }
const HUES = 8
const DASHES = ['none', '7 3', '2 3']
const STEPS = 4

/** Lines in one plot, as inline SVG with a legend in words. */
export function lineChart(shape: ChartShape, series: readonly Series[]): Html {
  const width = shape.isWide === true ? 720 : 340
  const x = scale(shape.xDomain, MARGIN.left, width - MARGIN.right)
  const y = scale(shape.yDomain, HEIGHT - MARGIN.bottom, MARGIN.top)
  const [x0, x1] = shape.xDomain
  const [y0, y1] = shape.yDomain
  const names = series.map(({ name }) => name).join(', ')
  const label = `${shape.title}: ${shape.yLabel} against ${shape.xLabel}${names === '' ? '' : ` of ${names}`}`
  const diagonal = markup`<path
    class="grid"
    stroke-dasharray="4 4"
    d="${raw(path([x0, x1], [y0, y1], x, y))}"
  />`
  return markup`<figure ${shape.isWide === true ? raw('class="wide"') : ''}>
    <figcaption>${shape.title}</figcaption>
    <svg viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${label}">
      ${axes(shape, width, x, y)} ${shape.hasDiagonal === true ? diagonal : null}
      ${series.map((one) => markup`<path class="line" stroke="${raw(hue(one.colour))}" stroke-dasharray="${raw(dash(one.colour))}" d="${raw(path(one.x, one.y, x, y))}" />`)}
    </svg>
    ${legend(series)}
  </figure>`
}

/** A square of the model's colour, for legends and tables. */
export function swatch(colour: number): Html {
  return markup`<span class="swatch" style="background:${raw(hue(colour))}"></span>`
}

function legend(series: readonly Series[]): Html {
  const mark = (colour: number) =>
    markup`<svg
      viewBox="0 0 24 8"
      width="24"
      height="8"
      style="display:inline-block;width:24px"
      aria-hidden="true"
    >
      <path
        class="line"
        stroke="${raw(hue(colour))}"
        stroke-dasharray="${raw(dash(colour))}"
        d="M0 4H24"
      />
    </svg>`
  return markup`<ul class="legend">
    ${series.map(({ name, colour }) => markup`<li>${mark(colour)} ${name}</li>`)}
  </ul>`
}

function hue(colour: number): string {
  return `var(--m${String(colour % HUES)})`
}

function dash(colour: number): string {
  return DASHES[Math.floor(colour / HUES) % DASHES.length] ?? 'none'
}

type Scale = (value: number) => number

function scale([low, high]: readonly [number, number], from: number, to: number): Scale {
  return (value) =>
    high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from)
}

function axes({ xDomain, yDomain, xLabel, yLabel }: ChartShape, width: number, x: Scale, y: Scale) {
  const right = width - MARGIN.right
  const bottom = HEIGHT - MARGIN.bottom
  return markup`${ticks(yDomain).map(
    (value) =>
      markup`<path
            class="grid"
            d="M${pixel(MARGIN.left)} ${pixel(y(value))}H${pixel(right)}"
          /><text x="${pixel(MARGIN.left - 6)}" y="${pixel(y(value) + 4)}" text-anchor="end"
            >${tick(value, yDomain)}</text
          >`,
  )}${ticks(xDomain).map(
    (value, index) =>
      markup`<text
          x="${pixel(x(value))}"
          y="${pixel(bottom + 14)}"
          text-anchor="${raw(anchor(index))}"
          >${tick(value, xDomain)}</text
        >`,
  )}<text x="${pixel((MARGIN.left + right) / 2)}" y="${pixel(HEIGHT - 8)}" text-anchor="middle"
      >${xLabel}</text
    ><text
      x="12"
      y="${pixel(bottom / 2)}"
      text-anchor="middle"
      transform="rotate(-90 12 ${pixel(bottom / 2)})"
      >${yLabel}</text
    >`
}

/** The outer labels stay within the drawing. */
function anchor(index: number): string {
  return index === 0 ? 'start' : index === STEPS ? 'end' : 'middle'
}

function ticks([low, high]: readonly [number, number]): readonly number[] {
  if (!(high > low)) return [low]
  return Array.from({ length: STEPS + 1 }, (_, step) => low + ((high - low) * step) / STEPS)
}

/** Decimals at which neighbouring ticks differ. */
function tick(value: number, [low, high]: readonly [number, number]): string {
  const step = (high - low) / STEPS
  const decimals = step > 0 ? Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(step)))) : 2
  return formatFixed(value, decimals)
}

function path(xs: readonly number[], ys: readonly number[], x: Scale, y: Scale): string {
  return xs
    .map(
      (value, index) => `${index === 0 ? 'M' : 'L'}${pixel(x(value))} ${pixel(y(ys[index] ?? 0))}`,
    )
    .join('')
}

/** Far outside of every drawing, and still without an exponent. */
const FARTHEST = 1e5

/** Numbers alone: safe within an attribute. */
function pixel(value: number): string {
  return Math.min(FARTHEST, Math.max(-FARTHEST, Number.isFinite(value) ? value : 0)).toFixed(1)
}
