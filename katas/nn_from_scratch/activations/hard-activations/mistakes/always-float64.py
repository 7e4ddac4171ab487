"""Every result is float64, even for an array of float32.

A network in float32 then becomes float64 at its first activation and needs twice the memory.
Convert only inputs that are not arrays of floats.
"""


def _floats(x):
    return np.asarray(x, dtype=np.float64)
