"""The columns are shifted and not scaled.

Their mean is 0, but a column with large numbers still dominates. Divide by the standard deviation.
"""

class Standardizer:
    def fit(self, X):
        data = np.asarray(X, dtype=np.float64)
        if data.ndim != 2 or len(data) == 0:
            raise ValueError(f"X must be (N, D) with N at least 1, got shape {data.shape}")
        self._mean = data.mean(axis=0)
        constant = (data == data[0]).all(axis=0)
        self._scale = np.where(constant, 1.0, 1.0)
        return self
