"""F(x) is added in place into x.

x belongs to the caller: the block before returned it, and other layers may have stored it for their
backward passes. Write a + b, which makes a new array.
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
        skipped = np.asarray(skipped)
        skipped += correction
        total = skipped.copy()
        return total
