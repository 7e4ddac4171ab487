"""Equal numbers count as smaller.

Then every place of a flat surface is a minimum: four in a grid of 4 by 4 with equal numbers. A strict
minimum is below its neighbours.
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
            if all(heights[i, j] <= v for v in around):
                found.append((i, j))
    return found
