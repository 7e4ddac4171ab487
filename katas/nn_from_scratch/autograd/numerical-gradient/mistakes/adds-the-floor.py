"""relative_error adds the floor to the denominator in every case.

The floor should be used only where |a| + |b| is smaller: 1 against 3 with a floor of 8 is 2/8,
not 2/12. Take the larger of the two numbers, not their sum.
"""


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare {a.shape} with {b.shape}")
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(a - b) / (floor + np.abs(a) + np.abs(b))))
