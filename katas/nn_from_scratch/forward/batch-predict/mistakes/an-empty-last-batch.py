"""There are always n // size + 1 batches.

If size divides n, the last one is empty: 6 rows in batches of 3 give three batches. A mean over an empty
batch is nan.
"""

def batches(n, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    for number in range(n // size + 1):
        yield slice(number * size, min((number + 1) * size, n))
