"""backward computes in the array that forward returned as the output.

The caller may still hold this array: after backward, it contains gradients instead of outputs. Compute with
new arrays.
"""


class Dense:
    def forward(self, x, training=False):
        samples = np.asarray(x)
        if samples.ndim != 2:
            raise ValueError("x must be (N, I)")
        outputs = affine(samples, self.params["W"], self.params["b"])
        if training:
            self._samples, self._outputs = samples, outputs
        return outputs

    def backward(self, dout):
        if self._samples is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        if upstream.shape != (len(self._samples), len(self.params["b"])):
            raise ValueError("dout must have the shape of the output")
        self._outputs[...] = upstream
        self.grads["W"] += self._samples.T @ self._outputs
        self.grads["b"] += self._outputs.sum(axis=0)
        return self._outputs @ self.params["W"].T
