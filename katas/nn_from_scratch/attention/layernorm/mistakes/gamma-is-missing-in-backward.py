"""dx is computed from dout instead of dout · gamma.

gamma multiplies x_hat in the forward pass, so it multiplies the gradient in the backward pass. As
long as gamma is 1, the result is right; after the first step of the optimizer it is wrong.
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
        g = upstream
        along = (g * self._normalized).mean(axis=-1, keepdims=True)
        centred = g - g.mean(axis=-1, keepdims=True)
        return (centred - self._normalized * along) / self._deviation
