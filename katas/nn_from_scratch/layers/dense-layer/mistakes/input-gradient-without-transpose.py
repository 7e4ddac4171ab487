"""backward returns dout @ W instead of dout @ W.T.

For I = O there is no error and a wrong gradient; for other sizes numpy raises one. On the way back,
each entry of the upstream gradient goes through the weights of its output to the inputs, so W is
used the other way round.
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
        return upstream @ self.params["W"]
