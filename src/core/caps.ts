/** Axes of a tensor: NumPy's most, which is more than ONNX Runtime and PyTorch bear. */
export const TENSOR_RANK = 64

/** Weights of all tensors of a state dict together; several of them may share one storage. */
export const STATE_DICT_ELEMENTS = 64 * 2 ** 20
