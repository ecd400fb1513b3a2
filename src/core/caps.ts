/** Axes of a tensor: NumPy's most, which is more than ONNX Runtime and PyTorch bear. */
export const TENSOR_RANK = 64

/** Weights of all tensors of a state dict together; several of them may share one storage. */
export const STATE_DICT_ELEMENTS = 64 * 2 ** 20

/** Inputs of a model's graph, and outputs: a column each, as scikit-learn exports them. */
export const GRAPH_VALUES = 16_384

/** Types of operators that are told apart; ONNX has some 300 in all its domains. */
export const OPERATOR_TYPES = 1000
