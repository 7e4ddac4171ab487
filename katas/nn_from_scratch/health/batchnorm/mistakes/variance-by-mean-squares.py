"""The variance is computed as mean(x²) - mean(x)².

On paper this is the same. For a column around 10 million with a standard deviation of 1, both
numbers are near 1e14, and their difference has lost 14 digits or is even negative. Subtract the
mean first, then square.
"""


class BatchNorm:
    def forward(self, x, training=False):
        samples = np.asarray(x, dtype=np.float64)
        if samples.ndim != 2 or samples.shape[1] != len(self.params["gamma"]):
            raise ValueError(f"x must be (N, D), got shape {samples.shape}")
        if not training:
            deviation = np.sqrt(self.running_var + self._eps)
            return self._scaled((samples - self.running_mean) / deviation)
        if len(samples) == 0:
            raise ValueError("training needs at least one sample")
        mean = samples.mean(axis=0)
        var = np.maximum((samples**2).mean(axis=0) - mean**2, 0.0)
        keep = self._momentum
        self.running_mean = keep * self.running_mean + (1 - keep) * mean
        self.running_var = keep * self.running_var + (1 - keep) * var
        self._deviation = np.sqrt(var + self._eps)
        self._normalized = (samples - mean) / self._deviation
        return self._scaled(self._normalized)
