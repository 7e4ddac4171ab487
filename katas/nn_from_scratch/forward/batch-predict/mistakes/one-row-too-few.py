"""Each batch ends one row too early.

The end of a slice is not part of it: slice(0, 3) contains the rows 0, 1 and 2. With one less, row 2 is lost.
"""

def batches(n, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    for start in range(0, n, size):
        yield slice(start, min(start + size - 1, n))
