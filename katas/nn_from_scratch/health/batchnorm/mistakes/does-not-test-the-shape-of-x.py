"""forward does not test the shape of x.

A single column (N, 1) is repeated for all D features without an error, and so is a single sample of
shape (D,). Compare the shape with (N, D), and raise a ValueError.
"""


class BatchNorm:
    def forward(self, x, training=False):
        samples = np.asarray(x, dtype=np.float64)
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
        self._normalized = (samples - mean) / self._deviation
        return self._scaled(self._normalized)
