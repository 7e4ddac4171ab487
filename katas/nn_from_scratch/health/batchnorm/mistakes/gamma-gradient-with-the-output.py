"""grads["gamma"] is computed with the output of the layer instead of x_hat.

With gamma = 1 and beta = 0 both are the same. After the first step of an optimizer they are not: the
derivative of gamma * x_hat + beta with respect to gamma is x_hat.
"""


class BatchNorm:
    def backward(self, dout):
        if self._normalized is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout, dtype=np.float64)
        if upstream.shape != self._normalized.shape:
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        self.grads["gamma"] += (upstream * self._scaled(self._normalized)).sum(axis=0)
        self.grads["beta"] += upstream.sum(axis=0)
        g = upstream * self.params["gamma"]
        along = (g * self._normalized).mean(axis=0)
        d_samples = (g - g.mean(axis=0) - self._normalized * along) / self._deviation
        return d_samples
