"""backward replaces the gradients instead of adding to them.

After two batches only the second counts, and a layer that is used twice loses one of its gradients.
zero_grad exists because backward adds: use +=.
"""


class Dense:
    def backward(self, dout):
        if self._samples is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        if upstream.shape != (len(self._samples), len(self.params["b"])):
            raise ValueError("dout must have the shape of the output")
        self.grads["W"] = self._samples.T @ upstream
        self.grads["b"] = upstream.sum(axis=0)
        return upstream @ self.params["W"].T
