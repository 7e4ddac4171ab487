"""predict_in_batches does not test how many rows f returns.

A function that averages over the batch returns one row per batch: 7 samples in batches of 3 then give 3
predictions, and no error. Compare the number of rows.
"""

def predict_in_batches(f, X, batch_size):
    samples = np.asarray(X)
    parts = list(batches(len(samples), batch_size)) or [slice(0, 0)]
    return np.concatenate([np.asarray(f(samples[part])) for part in parts])
