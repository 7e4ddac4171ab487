"""All three functions compute in float64, even when the scores are float32.

A network in float32 then mixes the two dtypes, and its arrays need twice the memory. Floats keep
their dtype; only integers are converted to float64.
"""

base = "variants/textbook"


def _floats(z):
    return np.asarray(z, dtype=np.float64)
