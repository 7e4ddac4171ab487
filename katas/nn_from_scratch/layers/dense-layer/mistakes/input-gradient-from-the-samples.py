"""backward returns the product with the weight gradient instead of the weights.

dX has the right shape, and numbers that depend on x. The derivative of x @ W with respect to x is W alone.
"""


class Dense:
    def backward(self, dout):
        if self._samples is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        if upstream.shape != (len(self._samples), len(self.params["b"])):
            raise ValueError("dout must have the shape of the output")
        self.grads["W"] += self._samples.T @ upstream
        self.grads["b"] += upstream.sum(axis=0)
        return upstream @ (self._samples.T @ upstream).T
