"""All gradients are float64, even for float32 arrays.

A network in float32 then computes everything before this step with twice the memory. np.sqrt(64)
is such a float64; math.sqrt(64) is not. Integers are converted to float64, floats keep their
dtype.
"""


def _as_floats(*arrays: ArrayLike):
    found = [np.asarray(array) for array in arrays]
    common = np.result_type(*found)
    return [array.astype(np.float64, copy=False) for array in found]
