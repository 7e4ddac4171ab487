"""The input of every single layer is added to its output.

The skip leads around all layers together: y is x + F(x), where F is the whole chain. With one layer in the
block both are the same, but a chain of layers whose sizes change in between cannot be added up like this.
"""


class Residual:
    def forward(self, x, training=False):
        correction = skipped = np.asarray(x)
        for layer in self.layers:
            out = layer.forward(correction, training=training)
            correction = correction + out if layer is not self.layers[-1] else out
        if self.projection is not None:
            skipped = self.projection.forward(skipped, training=training)
        if skipped.shape != correction.shape:
            raise ValueError(f"{skipped.shape} and {correction.shape} cannot be added")
        if training:
            self._shape = correction.shape
        total = skipped + correction
        return total

    def backward(self, dout):
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        d_correction = d_skipped = np.asarray(dout)
        if d_skipped.shape != self._shape:
            raise ValueError(f"dout must have the shape {self._shape}, got {d_skipped.shape}")
        for layer in reversed(self.layers):
            d = layer.backward(d_correction)
            d_correction = d_correction + d if layer is not self.layers[-1] else d
        if self.projection is not None:
            d_skipped = self.projection.backward(d_skipped)
        total = d_skipped + d_correction
        return total
