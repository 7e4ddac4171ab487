"""size is used as the number of batches.

7 rows with size 3 happen to give three batches, but of 3, 2 and 2 rows, and 100 000 rows with size 100 give
batches of 1000. size is the number of rows per batch.
"""

def batches(n, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    edges = [n * k // size for k in range(size + 1)] if n else []
    for k in range(len(edges) - 1):
        yield slice(n - edges[size - k], n - edges[size - k - 1])
