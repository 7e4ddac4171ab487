"""A call to forward with training=False normalizes with the mean and the variance of its own batch.

Then the answer for one sample depends on the others that are evaluated with it, and a single sample
always gives beta. Use running_mean and running_var there.
"""


class BatchNorm:
    def forward(self, x, training=False):
        samples = np.asarray(x, dtype=np.float64)
        if samples.ndim != 2 or samples.shape[1] != len(self.params["gamma"]):
            raise ValueError(f"x must be (N, D), got shape {samples.shape}")
        if not training:
            if len(samples) == 0:
                return samples.copy()
            deviation = np.sqrt(samples.var(axis=0) + self._eps)
            return self._scaled((samples - samples.mean(axis=0)) / deviation)
        if len(samples) == 0:
            raise ValueError("training needs at least one sample")
        mean, var = samples.mean(axis=0), samples.var(axis=0)
        keep = self._momentum
        self.running_mean = keep * self.running_mean + (1 - keep) * mean
        self.running_var = keep * self.running_var + (1 - keep) * var
        self._deviation = np.sqrt(var + self._eps)
        self._normalized = (samples - mean) / self._deviation
        return self._scaled(self._normalized)
