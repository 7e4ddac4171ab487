"""momentum is used as the weight of the new batch, and 1 - momentum as the weight of the old value.

With momentum 0.9, the running statistics are nearly those of the last batch. PyTorch defines it in
this way, with 0.1 as default; here momentum is the fraction of the old value that is kept.
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
        mean, var = samples.mean(axis=0), samples.var(axis=0)
        keep = self._momentum
        self.running_mean = (1 - keep) * self.running_mean + keep * mean
        self.running_var = (1 - keep) * self.running_var + keep * var
        self._deviation = np.sqrt(var + self._eps)
        self._normalized = (samples - mean) / self._deviation
        return self._scaled(self._normalized)
