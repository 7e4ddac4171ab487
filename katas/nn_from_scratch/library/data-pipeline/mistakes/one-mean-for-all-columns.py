"""There is one mean and one standard deviation for the whole array.

A column of metres and a column of grams then still differ a thousandfold. Each column needs its own: axis=0.
"""

class Standardizer:
    def fit(self, X):
        data = np.asarray(X, dtype=np.float64)
        if data.ndim != 2 or len(data) == 0:
            raise ValueError(f"X must be (N, D) with N at least 1, got shape {data.shape}")
        self._mean = np.full(data.shape[1], data.mean())
        constant = (data == data[0]).all(axis=0)
        self._scale = np.where(constant.all(), 1.0, np.full(data.shape[1], data.std()))
        return self
