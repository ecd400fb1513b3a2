import { linearScale, type LinearScale } from './linear-scale'

/** Room for labels around the drawing. */
const MARGIN = { top: 8, right: 10, bottom: 40, left: 64 }

export interface PlotBox {
  readonly width: number
  readonly height: number
  readonly x: LinearScale
  readonly y: LinearScale
}

/** Scales for a drawing of the given outer size; y grows upwards. */
export function plotBox(
  width: number,
  height: number,
  xDomain: readonly [number, number],
  yDomain: readonly [number, number],
): PlotBox {
  return {
    width,
    height,
    x: linearScale(xDomain, [MARGIN.left, width - MARGIN.right]),
    y: linearScale(yDomain, [height - MARGIN.bottom, MARGIN.top]),
  }
}
