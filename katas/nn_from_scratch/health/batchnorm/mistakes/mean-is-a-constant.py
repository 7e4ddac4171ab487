"""backward forgets the path through the mean.

If all upstream gradients are 1, only the sum of each column of outputs counts, and x cannot change
it: the mean of x_hat is always 0. So the gradient must be 0, but here it is 1 / std, where std is
the standard deviation. Each column of dx must add up to 0.
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
        g = upstream * self.params["gamma"]
        along = (g * self._normalized).mean(axis=0)
        d_samples = (g - self._normalized * along) / self._deviation
        return d_samples
