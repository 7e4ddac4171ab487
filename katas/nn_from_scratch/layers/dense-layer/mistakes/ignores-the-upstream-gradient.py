"""backward computes with ones instead of the upstream gradient.

A check with an upstream gradient of ones does not see this. In the example of the lesson it returns
(6, 15) instead of (-2, -2), and the network is trained as if the loss were the sum of all outputs. The
chain rule multiplies each local derivative by an entry of the upstream gradient.
"""


class Dense:
    def backward(self, dout):
        if self._samples is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        if upstream.shape != (len(self._samples), len(self.params["b"])):
            raise ValueError("dout must have the shape of the output")
        upstream = np.ones(upstream.shape)
        self.grads["W"] += self._samples.T @ upstream
        self.grads["b"] += upstream.sum(axis=0)
        return upstream @ self.params["W"].T
