"""The columns are divided by the variance.

The variance is the square of the standard deviation. A column with a standard deviation of 10 is
then 10 times too small.
"""

class Standardizer:
    def fit(self, X):
        data = np.asarray(X, dtype=np.float64)
        if data.ndim != 2 or len(data) == 0:
            raise ValueError(f"X must be (N, D) with N at least 1, got shape {data.shape}")
        self._mean = data.mean(axis=0)
        constant = (data == data[0]).all(axis=0)
        self._scale = np.where(constant, 1.0, data.var(axis=0))
        return self
