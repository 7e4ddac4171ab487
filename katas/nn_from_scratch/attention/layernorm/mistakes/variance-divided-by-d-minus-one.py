"""The variance is computed with D - 1 instead of D, as with ddof=1.

The outputs of a token with 4 features then have a standard deviation of 0.866 instead of 1, and
with a single feature the variance is 0/0. The variance describes the token itself, so divide by D.
"""


class LayerNorm:
    def forward(self, x, training=False):
        tokens = np.asarray(x, dtype=np.float64)
        if tokens.shape[-1:] != self.params["gamma"].shape:
            raise ValueError("x must be (..., D)")
        deviation = np.sqrt(tokens.var(axis=-1, ddof=1, keepdims=True) + self._eps)
        normalized = (tokens - tokens.mean(axis=-1, keepdims=True)) / deviation
        if training:
            self._normalized, self._deviation = normalized, deviation
        return self.params["gamma"] * normalized + self.params["beta"]
