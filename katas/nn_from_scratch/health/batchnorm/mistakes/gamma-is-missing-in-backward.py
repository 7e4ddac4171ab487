"""The gradient with respect to x does not contain gamma.

The output is gamma * x_hat + beta, so the gradient with respect to x_hat is dout * gamma. As long as gamma
is 1, as in a new layer, nobody notices.
"""


class BatchNorm:
    def backward(self, dout):
        if self._normalized is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout, dtype=np.float64)
        if upstream.shape != self._normalized.shape:
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        self.grads["gamma"] += (upstream * self._normalized).sum(axis=0)
        self.grads["beta"] += upstream.sum(axis=0)
        g = upstream
        along = (g * self._normalized).mean(axis=0)
        d_samples = (g - g.mean(axis=0) - self._normalized * along) / self._deviation
        return d_samples
