"""The rows are in reverse order: the first one belongs to the last w2.

That is how a picture is drawn on a screen, but row i of the array belongs to w2[i]. In the example of the
lesson, the first row is (31, 32) and not (41, 42).
"""


def surface(loss, w1, w2):
    across, up = np.asarray(w1, dtype=np.float64), np.asarray(w2, dtype=np.float64)
    if across.ndim != 1 or up.ndim != 1:
        raise ValueError("w1 and w2 must have one axis")
    return np.asarray(loss(*np.meshgrid(across, up[::-1])))
