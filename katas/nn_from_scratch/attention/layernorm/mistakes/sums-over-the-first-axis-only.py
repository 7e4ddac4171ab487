"""The gradients of gamma and beta are summed over axis 0 only.

For (N, D) these are all tokens. For (B, T, D), an array (T, D) is left, which does not fit gamma
(D,), and for a single token (D,) a number. Sum over every axis but the last.
"""


class LayerNorm:
    def backward(self, dout):
        if self._normalized is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout, dtype=np.float64)
        if upstream.shape != self._normalized.shape:
            raise ValueError("dout must have the shape of the output")
        self.grads["gamma"] += (upstream * self._normalized).sum(axis=0)
        self.grads["beta"] += upstream.sum(axis=0)
        g = upstream * self.params["gamma"]
        along = (g * self._normalized).mean(axis=-1, keepdims=True)
        centred = g - g.mean(axis=-1, keepdims=True)
        return (centred - self._normalized * along) / self._deviation
