"""One mean and one variance are taken over the whole batch.

mean() without an axis gives a single number. A token that is ten times as large as the others then stays
ten times as large. Each token needs its own mean, with the shape (..., 1).
"""


class LayerNorm:
    def forward(self, x, training=False):
        tokens = np.asarray(x, dtype=np.float64)
        if tokens.shape[-1:] != self.params["gamma"].shape:
            raise ValueError("x must be (..., D)")
        deviation = np.sqrt(tokens.var() + self._eps)
        normalized = (tokens - tokens.mean()) / deviation
        if training:
            self._normalized, self._deviation = normalized, deviation
        return self.params["gamma"] * normalized + self.params["beta"]

    def backward(self, dout):
        if self._normalized is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout, dtype=np.float64)
        if upstream.shape != self._normalized.shape:
            raise ValueError("dout must have the shape of the output")
        every_token = tuple(range(upstream.ndim - 1))
        self.grads["gamma"] += (upstream * self._normalized).sum(axis=every_token)
        self.grads["beta"] += upstream.sum(axis=every_token)
        g = upstream * self.params["gamma"]
        along = (g * self._normalized).mean()
        centred = g - g.mean()
        return (centred - self._normalized * along) / self._deviation
