"""The variance is computed as mean(x²) - mean(x)².

On paper this is the same. For a token around 10 million with a standard deviation of 1, both
numbers are near 1e14, and their difference has lost 14 digits or is even negative. Subtract the
mean first, then square.
"""


class LayerNorm:
    def forward(self, x, training=False):
        tokens = np.asarray(x, dtype=np.float64)
        if tokens.shape[-1:] != self.params["gamma"].shape:
            raise ValueError("x must be (..., D)")
        mean = tokens.mean(axis=-1, keepdims=True)
        var = np.maximum((tokens**2).mean(axis=-1, keepdims=True) - mean**2, 0.0)
        deviation = np.sqrt(var + self._eps)
        normalized = (tokens - mean) / deviation
        if training:
            self._normalized, self._deviation = normalized, deviation
        return self.params["gamma"] * normalized + self.params["beta"]
