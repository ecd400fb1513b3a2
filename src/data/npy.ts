import { arrayFormat } from './arrays/array-format'
import { isNpy, readNpyHeader } from './arrays/npy-header'

/** One NumPy array, as `numpy.save` writes it. */
export const npy = arrayFormat('NumPy array (.npy)', isNpy, readNpyHeader)
