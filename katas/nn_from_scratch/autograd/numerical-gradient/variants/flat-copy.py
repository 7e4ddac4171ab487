"""One working copy with a flat view; each number is saved and written back."""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    work = np.array(x, dtype=np.float64, order="C")
    flat = work.reshape(-1)
    result = np.empty(flat.size)
    for i, kept in enumerate(flat.tolist()):
        values = []
        for moved in (kept - h, kept + h):
            flat[i] = moved
            values.append(f(work))
        flat[i] = kept
        result[i] = (values[1] - values[0]) / h / 2
    return result.reshape(work.shape)


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare {a.shape} with {b.shape}")
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))))
