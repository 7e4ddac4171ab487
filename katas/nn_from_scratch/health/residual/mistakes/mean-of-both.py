"""The block returns half of x + F(x), the mean of both.

Then each block halves what the skip carries: after 30 blocks without corrections, a billionth of the
signal is left. Add both as they are.
"""


class Residual:
    def forward(self, x, training=False):
        correction = skipped = np.asarray(x)
        for layer in self.layers:
            correction = layer.forward(correction, training=training)
        if self.projection is not None:
            skipped = self.projection.forward(skipped, training=training)
        if skipped.shape != correction.shape:
            raise ValueError(f"{skipped.shape} and {correction.shape} cannot be added")
        if training:
            self._shape = correction.shape
        total = (skipped + correction) / 2
        return total

    def backward(self, dout):
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        d_correction = d_skipped = np.asarray(dout)
        if d_skipped.shape != self._shape:
            raise ValueError(f"dout must have the shape {self._shape}, got {d_skipped.shape}")
        for layer in reversed(self.layers):
            d_correction = layer.backward(d_correction)
        if self.projection is not None:
            d_skipped = self.projection.backward(d_skipped)
        total = (d_skipped + d_correction) / 2
        return total
