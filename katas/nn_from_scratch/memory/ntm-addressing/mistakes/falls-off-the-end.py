"""shift loses what is shifted beyond the first or the last row.

If the last row has a weight of 1 and all of it is shifted on, no weight is left, and the sum is 0
instead of 1. The row after the last one is the first.
"""


def shift(w, s):
    weights, shares = _as_floats(w, s)
    _check_shape(weights, weights.size)
    _check_shape(shares, 3)
    back, stay, on = shares
    zero = np.zeros(1, weights.dtype)
    longer = np.concatenate([zero, weights, zero])
    return back * longer[2:] + stay * weights + on * longer[:-2]
