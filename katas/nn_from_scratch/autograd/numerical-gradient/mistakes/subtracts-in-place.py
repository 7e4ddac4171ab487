"""relative_error subtracts b from a in the caller's own array.

The error is right, but afterwards a holds differences: a gradient that was only to be tested is lost. a - b
makes a new array.
"""


def relative_error(a, b, floor=1e-8):
    left, right = _float_array(a), _float_array(b)
    if left.shape != right.shape:
        raise ValueError(f"cannot compare shape {left.shape} with shape {right.shape}")
    if left.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        size = np.maximum(floor, np.abs(left) + np.abs(right))
        left = np.subtract(left, right, out=left if left.flags.writeable else None)
        return float((np.abs(left) / size).max())
