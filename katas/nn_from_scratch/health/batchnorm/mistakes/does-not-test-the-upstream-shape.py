"""backward does not test the shape of dout.

numpy repeats a single row for all samples without an error, and grads contains wrong numbers from then
on. Compare the shape with (N, D) before anything is added.
"""


class BatchNorm:
    def backward(self, dout):
        if self._normalized is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout, dtype=np.float64)
        self.grads["gamma"] += (upstream * self._normalized).sum(axis=0)
        self.grads["beta"] += upstream.sum(axis=0)
        g = upstream * self.params["gamma"]
        along = (g * self._normalized).mean(axis=0)
        d_samples = (g - g.mean(axis=0) - self._normalized * along) / self._deviation
        return d_samples
