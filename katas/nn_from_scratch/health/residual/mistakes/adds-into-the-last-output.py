"""x is added in place into the array that the last layer returned.

That layer may still need it: tanh computes its slope from its output, which is now too large. And a
layer may return the same array that it got, so x changes too. Write a + b, which makes a new array.
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
        correction = np.asarray(correction)
        correction += skipped
        total = correction
        return total
