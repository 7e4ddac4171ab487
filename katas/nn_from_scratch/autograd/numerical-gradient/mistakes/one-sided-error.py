"""relative_error divides by the size of one array only.

The result then depends on which of the two arrays comes first: 2 against 1 gives 1, and 1 against
2 gives 0.5. Nobody knows beforehand which of two gradients is right, so use both sizes: |a| +
|b|.
"""


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare {a.shape} with {b.shape}")
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(floor, np.abs(b))))
