"""Integers are passed to the loss as they are.

In uint8, 20 · 20 is 144, and 1 − 3 is 254. Make the weights float64 first.
"""


def surface(loss, w1, w2):
    across, up = np.asarray(w1), np.asarray(w2)
    if across.ndim != 1 or up.ndim != 1:
        raise ValueError("w1 and w2 must have one axis")
    return np.asarray(loss(*np.meshgrid(across, up)))
