"""backward takes the mean of the upstream gradient for the bias.

The bias is used once per sample, and the contributions of several uses add up. If the loss is a mean,
its 1/N is already in the upstream gradient: with 32 samples the mean makes the gradient 32 times too
small. Take the sum.
"""


class Dense:
    def backward(self, dout):
        if self._samples is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        if upstream.shape != (len(self._samples), len(self.params["b"])):
            raise ValueError("dout must have the shape of the output")
        self.grads["W"] += self._samples.T @ upstream
        self.grads["b"] += upstream.mean(axis=0)
        return upstream @ self.params["W"].T
