"""The means in backward are taken over the tokens, axis 0.

They belong to the statistics of forward, and those are taken over the features of one token. So the means
of g and of g · x_hat are taken along the last axis too. Otherwise one token changes the gradient of
another.
"""


class LayerNorm:
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
        along = (g * self._normalized).mean(axis=0, keepdims=True)
        centred = g - g.mean(axis=0, keepdims=True)
        return (centred - self._normalized * along) / self._deviation
