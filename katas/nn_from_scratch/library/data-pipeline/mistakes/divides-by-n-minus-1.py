"""The standard deviation is computed with N - 1 in the denominator.

For the column (2, 4, 6) it is 2 instead of 1.633. The lesson asks for N, which is what np.std computes.
"""

class Standardizer:
    def fit(self, X):
        data = np.asarray(X, dtype=np.float64)
        if data.ndim != 2 or len(data) == 0:
            raise ValueError(f"X must be (N, D) with N at least 1, got shape {data.shape}")
        self._mean = data.mean(axis=0)
        constant = (data == data[0]).all(axis=0)
        deviation = data.std(axis=0, ddof=1 if len(data) > 1 else 0)
        self._scale = np.where(constant, 1.0, deviation)
        return self
