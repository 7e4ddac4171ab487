"""backward subtracts sums over the batch instead of means.

In the example of the lesson, the sum 8 is subtracted instead of the mean 8 / 4 = 2. One sample
contributes only 1/N to the mean and to the variance.
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
        along = (g * self._normalized).sum(axis=0)
        d_samples = (g - g.sum(axis=0) - self._normalized * along) / self._deviation
        return d_samples
