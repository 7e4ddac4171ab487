"""Only places with the smallest number of the whole interior are returned.

A local minimum is compared with its neighbours only: of two valleys with depths 1 and 2, each
has a local minimum.
"""


def strict_local_minima(Z):
    heights = np.asarray(Z)
    if heights.ndim != 2:
        raise ValueError("Z must be (B, A)")
    rows, columns = heights.shape
    found = []
    for i in range(1, rows - 1):
        for j in range(1, columns - 1):
            around = [
                heights[k, m]
                for k in range(max(0, i - 1), min(rows, i + 2))
                for m in range(max(0, j - 1), min(columns, j + 2))
                if (k, m) != (i, j)
            ]
            if all(heights[i, j] < v for v in around) and heights[i, j] == heights[1:-1, 1:-1].min():
                found.append((i, j))
    return found
