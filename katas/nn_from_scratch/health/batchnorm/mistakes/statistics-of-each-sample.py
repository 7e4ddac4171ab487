"""Mean and variance are taken over each row instead of each column.

This is layer normalization. Batch normalization asks how one feature varies from sample to sample,
so the statistics are taken over axis 0 and have shape (D,).
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
        mean, var = samples.mean(axis=1, keepdims=True), samples.var(axis=1, keepdims=True)
        keep = self._momentum
        self.running_mean = keep * self.running_mean + (1 - keep) * samples.mean(axis=0)
        self.running_var = keep * self.running_var + (1 - keep) * samples.var(axis=0)
        self._deviation = np.sqrt(var + self._eps)
        self._normalized = (samples - mean) / self._deviation
        return self._scaled(self._normalized)
