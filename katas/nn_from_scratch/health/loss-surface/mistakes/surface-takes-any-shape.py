"""The axes of w1 and w2 are not counted.

numpy.meshgrid makes everything flat, so a (3, 3) array becomes nine values of a weight without an error.
"""


def surface(loss, w1, w2):
    across, up = np.ravel(w1).astype(np.float64), np.ravel(w2).astype(np.float64)
    return np.asarray(loss(*np.meshgrid(across, up)))
