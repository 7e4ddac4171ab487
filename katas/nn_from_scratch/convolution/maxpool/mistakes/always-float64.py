"""Outputs and gradients are float64 even for float32 images.

np.zeros and np.asarray(x, float) make float64. The lesson asks for the dtype of the arguments.
"""


def _floats(values):
    return np.asarray(values, dtype=np.float64)
