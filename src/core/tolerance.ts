import type { Tolerance } from './task'

/**
 * What float32 arithmetic in another order, or on another processor, may make of a number; the relative
 * part is that of ONNX's own backend tests.
 */
export const DEFAULT_TOLERANCE: Tolerance = { absolute: 1e-5, relative: 1e-3 }
