"""Wrong: the flat view is a copy when x lies in Fortran order (x.T), so its gradient is all 0."""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    work = np.array(x, dtype=np.float64)
    flat = work.reshape(-1)
    gradient = np.zeros(work.size)
    for i in range(flat.size):
        saved = flat[i]
        flat[i] = saved + h
        up = f(work.copy())
        flat[i] = saved - h
        down = f(work.copy())
        flat[i] = saved
        gradient[i] = (up - down) / (2 * h)
    return gradient.reshape(work.shape)


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} against {b.shape}")
    with np.errstate(invalid="ignore"):
        err = np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))
    return float(err.max(initial=0.0))
