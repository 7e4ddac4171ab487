"""The standard deviation is sqrt(var) + eps, and not sqrt(var + eps).

With the usual 1e-5 the difference is small, except for a token of nearly equal features: with var =
0, the divisor is 0.00001 instead of 0.003. The formula adds eps under the square root.
"""


class LayerNorm:
    def forward(self, x, training=False):
        tokens = np.asarray(x, dtype=np.float64)
        if tokens.shape[-1:] != self.params["gamma"].shape:
            raise ValueError("x must be (..., D)")
        deviation = np.sqrt(tokens.var(axis=-1, keepdims=True)) + self._eps
        normalized = (tokens - tokens.mean(axis=-1, keepdims=True)) / deviation
        if training:
            self._normalized, self._deviation = normalized, deviation
        return self.params["gamma"] * normalized + self.params["beta"]
