import { arrayFormat } from './arrays/array-format'
import { isIdx, readIdxHeader } from './arrays/idx-header'

/** One array of the MNIST files: images, or their labels. */
export const idx = arrayFormat('IDX (MNIST)', isIdx, readIdxHeader)
