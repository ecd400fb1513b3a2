import { expose } from 'comlink'

/** Pure arithmetic: what one core does when nothing else is asked of it. Returns milliseconds. */
const spinner = {
  spin(steps: number): number {
    const started = performance.now()
    let value = 1
    for (let i = 0; i < steps; i += 1) value = (Math.imul(value, 1664525) + 1013904223) | 0
    const ms = performance.now() - started
    // The value is used, so that no engine may drop the loop.
    return value === 0.5 ? NaN : ms
  },
}

export type Spinner = typeof spinner

expose(spinner)
