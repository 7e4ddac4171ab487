"""backward divides the gradients of W and b by the number of samples.

A loss that is a mean has already divided, and its 1/N is in the upstream gradient. With 32 samples the
gradients are 32 times too small. Leave the division to the loss.
"""


class Dense:
    def backward(self, dout):
        if self._samples is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        if upstream.shape != (len(self._samples), len(self.params["b"])):
            raise ValueError("dout must have the shape of the output")
        n = max(len(upstream), 1)
        self.grads["W"] += self._samples.T @ upstream / n
        self.grads["b"] += upstream.sum(axis=0) / n
        return upstream @ self.params["W"].T
