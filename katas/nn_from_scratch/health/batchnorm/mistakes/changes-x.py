"""forward subtracts the mean from x itself.

x belongs to the caller: the previous layer returned it, and may need it for its own backward pass.
Compute a new array.
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
        self.running_mean = keep * self.running_mean + (1 - keep) * mean
        self.running_var = keep * self.running_var + (1 - keep) * var
        self._deviation = np.sqrt(var + self._eps)
        samples -= mean
        self._normalized = samples / self._deviation
        return self._scaled(self._normalized)
