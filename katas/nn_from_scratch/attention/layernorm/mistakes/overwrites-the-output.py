"""backward computes in the array that forward returned as the output.

The caller may still hold this array: after backward, it contains gradients instead of outputs. Compute with
new arrays.
"""


class LayerNorm:
    def forward(self, x, training=False):
        tokens = np.asarray(x, dtype=np.float64)
        if tokens.shape[-1:] != self.params["gamma"].shape:
            raise ValueError("x must be (..., D)")
        deviation = np.sqrt(tokens.var(axis=-1, keepdims=True) + self._eps)
        normalized = (tokens - tokens.mean(axis=-1, keepdims=True)) / deviation
        outputs = self.params["gamma"] * normalized + self.params["beta"]
        if training:
            self._normalized, self._deviation = normalized, deviation
            self._outputs = outputs
        return outputs

    def backward(self, dout):
        if self._normalized is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout, dtype=np.float64)
        if upstream.shape != self._normalized.shape:
            raise ValueError("dout must have the shape of the output")
        every_token = tuple(range(upstream.ndim - 1))
        self.grads["gamma"] += (upstream * self._normalized).sum(axis=every_token)
        self.grads["beta"] += upstream.sum(axis=every_token)
        g = np.multiply(upstream, self.params["gamma"], out=self._outputs)
        along = (g * self._normalized).mean(axis=-1, keepdims=True)
        centred = g - g.mean(axis=-1, keepdims=True)
        return (centred - self._normalized * along) / self._deviation
