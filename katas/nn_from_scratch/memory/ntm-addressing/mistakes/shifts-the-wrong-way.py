"""shift works in the opposite direction.

The shares (0, 0, 1) should shift row 0 to row 1, but here they shift it to the last row. What row i
*gets* by a shift of +1 comes from row i - 1.
"""


def shift(w, s):
    weights, shares = _as_floats(w, s)
    _check_shape(weights, weights.size)
    _check_shape(shares, 3)
    back, stay, on = shares
    return back * np.roll(weights, 1) + stay * weights + on * np.roll(weights, -1)
