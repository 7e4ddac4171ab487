"""For N = 0, the result is an empty array of shape (0,).

A network with 10 outputs should give (0, 10), so that later steps find 10 columns. Call f once with the empty
X; it knows the shape and the dtype.
"""

def predict_in_batches(f, X, batch_size):
    samples = np.asarray(X)
    if len(samples) == 0:
        return np.array([])
    results = []
    for part in batches(len(samples), batch_size):
        result = np.asarray(f(samples[part]))
        if result.ndim == 0 or len(result) != len(samples[part]):
            raise ValueError("f must return one row per sample")
        results.append(result)
    return np.concatenate(results)
