"""f gets all samples in one call.

The result is right, but the batch size has no effect: a data set that does not fit into memory still fails.
Call f once per batch.
"""

def predict_in_batches(f, X, batch_size):
    samples = np.asarray(X)
    if batch_size < 1:
        raise ValueError("batch_size must be at least 1")
    result = np.asarray(f(samples))
    if result.ndim == 0 or len(result) != len(samples):
        raise ValueError("f must return one row per sample")
    return result.copy()
