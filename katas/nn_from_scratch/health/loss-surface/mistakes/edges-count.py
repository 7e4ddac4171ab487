"""Places at the edge count, although some of their neighbours are missing.

In the example of the lesson, the 0 in the corner is counted too. Outside of the grid the loss may be
lower, so nobody knows whether it is a minimum.
"""


def strict_local_minima(Z):
    heights = np.asarray(Z)
    if heights.ndim != 2:
        raise ValueError("Z must be (B, A)")
    rows, columns = heights.shape
    found = []
    for i in range(rows):
        for j in range(columns):
            around = [
                heights[k, m]
                for k in range(max(0, i - 1), min(rows, i + 2))
                for m in range(max(0, j - 1), min(columns, j + 2))
                if (k, m) != (i, j)
            ]
            if len(around) > 0 and all(heights[i, j] < v for v in around):
                found.append((i, j))
    return found
