"""backward computes in the array that forward returned as the output.

The caller may still hold this array: after backward, it contains gradients instead of outputs. Compute with
new arrays.
"""


class BatchNorm:
    def forward(self, x, training=False):
        samples = np.asarray(x, dtype=np.float64)
        if samples.ndim != 2 or samples.shape[1] != len(self.params["gamma"]):
            raise ValueError("x must be (N, D)")
        if not training:
            deviation = np.sqrt(self.running_var + self._eps)
            return self._scaled((samples - self.running_mean) / deviation)
        if len(samples) == 0:
            raise ValueError("training needs at least one sample")
        mean, var = samples.mean(axis=0), samples.var(axis=0)
        keep = self._momentum
        self.running_mean = keep * self.running_mean + (1 - keep) * mean
        self.running_var = keep * self.running_var + (1 - keep) * var
        self._deviation = np.sqrt(var + self._eps)
        self._normalized = (samples - mean) / self._deviation
        self._outputs = self._scaled(self._normalized)
        return self._outputs

    def backward(self, dout):
        if self._normalized is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout, dtype=np.float64)
        if upstream.shape != self._normalized.shape:
            raise ValueError("dout must have the shape of the output")
        self.grads["gamma"] += (upstream * self._normalized).sum(axis=0)
        self.grads["beta"] += upstream.sum(axis=0)
        g = np.multiply(upstream, self.params["gamma"], out=self._outputs)
        along = (g * self._normalized).mean(axis=0)
        return (g - g.mean(axis=0) - self._normalized * along) / self._deviation
