"""relative_error ignores nan.

A gradient that has become nan then looks right: nan against 2 counts as 0. np.nanmax skips nan,
and so does a loop with `if error > worst`, because every comparison with nan is false. Return nan
if any element is nan.
"""


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare {a.shape} with {b.shape}")
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.nanmax(np.append(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b)), 0.0)))
