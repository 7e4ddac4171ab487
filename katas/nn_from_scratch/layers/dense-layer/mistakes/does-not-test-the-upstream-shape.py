"""backward does not test the shape of the upstream gradient.

numpy notices most wrong shapes, but too late: a column (N, 1) is broadcast into the gradient of W before
the next product fails, and grads contains wrong numbers from then on. Compare the shape with (N, O)
before anything is added.
"""


class Dense:
    def backward(self, dout):
        if self._samples is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        self.grads["W"] += self._samples.T @ upstream
        self.grads["b"] += upstream.sum(axis=0)
        return upstream @ self.params["W"].T
