"""backward computes the weight gradient as dout.T @ x, which is (O, I).

It is the transpose of the right one: for I = O there is no error and a wrong gradient. A gradient
has the shape of the array that it belongs to, here (I, O).
"""


class Dense:
    def backward(self, dout):
        if self._samples is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        if upstream.shape != (len(self._samples), len(self.params["b"])):
            raise ValueError("dout must have the shape of the output")
        self.grads["W"] += upstream.T @ self._samples
        self.grads["b"] += upstream.sum(axis=0)
        return upstream @ self.params["W"].T
