"""The variance is computed with N - 1 instead of N, as with ddof=1.

The outputs of a batch of 8 then have a standard deviation of 0.935 instead of 1, those of a batch
of 2 have 0.707, and for a single sample the variance is 0/0. Here the variance describes the batch
itself, so divide by N.
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
        mean, var = samples.mean(axis=0), samples.var(axis=0, ddof=1)
        keep = self._momentum
        self.running_mean = keep * self.running_mean + (1 - keep) * mean
        self.running_var = keep * self.running_var + (1 - keep) * var
        self._deviation = np.sqrt(var + self._eps)
        self._normalized = (samples - mean) / self._deviation
        return self._scaled(self._normalized)
