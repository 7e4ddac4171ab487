"""A batch size below 0 gives no batches and no error.

range(0, 7, -3) is empty, so no row is predicted and nothing says why. Raise a ValueError for a size below 1.
"""

def batches(n, size):
    for start in range(0, n, size):
        yield slice(start, min(start + size, n))
