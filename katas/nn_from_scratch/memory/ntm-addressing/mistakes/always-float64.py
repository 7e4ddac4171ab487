"""Everything is computed in float64, even for arrays of float32.

The results should have the dtype of the arguments: a float64 makes everything that is combined with
it float64, and a network in float32 then needs twice the memory.
"""


def _as_floats(*arrays):
    return [np.asarray(array, dtype=np.float64) for array in arrays]
