"""transform returns float64 for float32 data.

The data then takes twice the memory. Floats keep their dtype.
"""

class Standardizer:
    def transform(self, X):
        if self._mean is None:
            raise RuntimeError("transform needs a fit before it")
        data = np.asarray(X)
        if data.shape[1:] != self._mean.shape:
            raise ValueError(f"X must be (M, {len(self._mean)}), got shape {data.shape}")
        result = (data - self._mean) / self._scale
        return result
