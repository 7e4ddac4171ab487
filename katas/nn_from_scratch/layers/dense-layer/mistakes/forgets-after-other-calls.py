"""forward without training=True deletes what an earlier call stored.

backward then raises a RuntimeError, although forward was called with training=True. An evaluation
should leave the layer as it is: store x only if training is true, and otherwise do nothing.
"""


class Dense:
    def forward(self, x, training=False):
        samples = np.asarray(x)
        if samples.ndim != 2:
            raise ValueError("x must be (N, I)")
        outputs = affine(samples, self.params["W"], self.params["b"])
        self._samples = samples if training else None
        return outputs
