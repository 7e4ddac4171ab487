"""Only the full batches are used: n // size of them.

For 7 rows in batches of 3, row 6 is in no batch and gets no prediction. The last batch may be short.
"""

def batches(n, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    for number in range(n // size):
        yield slice(number * size, (number + 1) * size)
