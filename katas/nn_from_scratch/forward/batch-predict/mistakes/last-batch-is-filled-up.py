"""The last batch starts earlier, so that it is full.

For 7 rows in batches of 3, it contains the rows 4 to 6, and rows 4 and 5 are predicted twice. Each row belongs
to exactly one batch.
"""

def batches(n, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    for start in range(0, n, size):
        stop = min(start + size, n)
        yield slice(max(0, stop - size), stop)
