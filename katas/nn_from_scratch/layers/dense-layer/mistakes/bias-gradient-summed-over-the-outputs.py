"""backward adds up the upstream gradient over the outputs instead of the samples.

The sum along axis 1 has one number per sample. For N = O there is no error, and each bias gets the
gradient of a sample. The bias has one number per output, so the sum runs along axis 0.
"""


class Dense:
    def backward(self, dout):
        if self._samples is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        if upstream.shape != (len(self._samples), len(self.params["b"])):
            raise ValueError("dout must have the shape of the output")
        self.grads["W"] += self._samples.T @ upstream
        self.grads["b"] += upstream.sum(axis=1)
        return upstream @ self.params["W"].T
