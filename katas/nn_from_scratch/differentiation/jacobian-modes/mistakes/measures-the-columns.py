"""jacobian_forward computes each column by differences between x - h and x + h.

Of such a slope, only 8 to 10 digits are correct, and it takes two calls per input. A dual number
has no h: its slope is exact up to rounding, after one call.
"""


def jacobian_forward(f, xs):
    h = 1e-5
    columns = []
    for direction in np.eye(len(xs)):
        above = jvp(f, (np.array(xs) + h * direction).tolist(), direction.tolist())[0]
        below = jvp(f, (np.array(xs) - h * direction).tolist(), direction.tolist())[0]
        columns.append([(p - q) / (2 * h) for p, q in zip(above, below, strict=True)])
    return np.array(columns, dtype=np.float64).T
