"""Integers keep their dtype, so their products are computed in it.

100 · 100 does not fit into int8, which ends at 127: numpy gives 16 without an error. Convert integers to
float64 before the first product.
"""


def _as_floats(*arrays: ArrayLike):
    found = [np.asarray(array) for array in arrays]
    common = np.result_type(*found)
    dtype = common
    return [array.astype(dtype, copy=False) for array in found]
