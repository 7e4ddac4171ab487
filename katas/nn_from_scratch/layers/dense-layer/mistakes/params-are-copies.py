"""The layer computes with its own arrays, and params contains copies of them.

An optimizer changes the arrays in params in place. The outputs then stay as they were, and the network
does not learn. Keep only one set of arrays, in params.
"""


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        if init not in _SCHEMES:
            raise ValueError("init must be he, xavier or lecun")
        self.params = {"W": _SCHEMES[init](units_in, units_out, rng), "b": np.zeros(units_out)}
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        self._samples = None
        self._own = {name: array.copy() for name, array in self.params.items()}

    def forward(self, x, training=False):
        samples = np.asarray(x)
        if samples.ndim != 2:
            raise ValueError("x must be (N, I)")
        outputs = affine(samples, self._own["W"], self._own["b"])
        if training:
            self._samples = samples
        return outputs

    def backward(self, dout):
        if self._samples is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        if upstream.shape != (len(self._samples), len(self.params["b"])):
            raise ValueError("dout must have the shape of the output")
        self.grads["W"] += self._samples.T @ upstream
        self.grads["b"] += upstream.sum(axis=0)
        return upstream @ self._own["W"].T
