"""The results are float64, even for float32.

Networks in float32 would become slower and need twice the memory from here on. Keep the dtype of
the arguments if all are floats.
"""


def _floats(values):
    array = np.asarray(values)
    return array.astype(np.float64)
