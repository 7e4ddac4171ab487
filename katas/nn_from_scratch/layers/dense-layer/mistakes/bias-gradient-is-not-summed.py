"""backward uses the upstream gradient itself as the gradient of the bias.

The result has shape (N, O), and b has shape (O,). Each bias is used once per sample: add up over
the samples.
"""


class Dense:
    def backward(self, dout):
        if self._samples is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        if upstream.shape != (len(self._samples), len(self.params["b"])):
            raise ValueError("dout must have the shape of the output")
        self.grads["W"] += self._samples.T @ upstream
        self.grads["b"] = self.grads["b"] + upstream
        return upstream @ self.params["W"].T
