"""All results are float64, even when all arguments are float32.

A network in float32 then mixes the two dtypes, and its arrays need twice the memory. Floats keep their
dtype; only integers are converted to float64.
"""


def _floats(values):
    return np.asarray(values, dtype=np.float64)
