"""A call to forward with training=False replaces what backward needs.

If the network is evaluated between forward and backward, the gradient is that of other tokens.
Store x_hat and the standard deviation only if training is true.
"""


class LayerNorm:
    def forward(self, x, training=False):
        tokens = np.asarray(x, dtype=np.float64)
        if tokens.shape[-1:] != self.params["gamma"].shape:
            raise ValueError("x must be (..., D)")
        deviation = np.sqrt(tokens.var(axis=-1, keepdims=True) + self._eps)
        normalized = (tokens - tokens.mean(axis=-1, keepdims=True)) / deviation
        if training or self._normalized is not None:
            self._normalized, self._deviation = normalized, deviation
        return self.params["gamma"] * normalized + self.params["beta"]
