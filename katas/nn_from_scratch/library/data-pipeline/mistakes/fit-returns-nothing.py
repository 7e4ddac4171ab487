"""fit returns None.

Standardizer().fit(X_train).transform(X_test) then fails. Return the object.
"""

class Standardizer:
    def fit(self, X):
        data = np.asarray(X, dtype=np.float64)
        if data.ndim != 2 or len(data) == 0:
            raise ValueError(f"X must be (N, D) with N at least 1, got shape {data.shape}")
        self._mean = data.mean(axis=0)
        constant = (data == data[0]).all(axis=0)
        self._scale = np.where(constant, 1.0, data.std(axis=0))
