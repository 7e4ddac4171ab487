"""Only the neighbours above, below, left and right are compared, not those on the diagonals.

In ((9, 9, 9), (9, 5, 9), (9, 9, 1)) the 5 in the middle then counts, although the 1 is beside it. So a
valley along a diagonal seems to have many minima.
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
                if (k, m) != (i, j) and (k == i or m == j)
            ]
            if all(heights[i, j] < v for v in around):
                found.append((i, j))
    return found
