"""A dout of a different shape is broadcast.

A dout (1, D) is then used for all tokens without an error, and the gradient is wrong. Compare its shape
with that of the output, before anything is added to grads.
"""


class LayerNorm:
    def backward(self, dout):
        if self._normalized is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout, dtype=np.float64)
        upstream = np.broadcast_arrays(upstream, self._normalized)[0]
        every_token = tuple(range(upstream.ndim - 1))
        self.grads["gamma"] += (upstream * self._normalized).sum(axis=every_token)
        self.grads["beta"] += upstream.sum(axis=every_token)
        g = upstream * self.params["gamma"]
        along = (g * self._normalized).mean(axis=-1, keepdims=True)
        centred = g - g.mean(axis=-1, keepdims=True)
        return (centred - self._normalized * along) / self._deviation
