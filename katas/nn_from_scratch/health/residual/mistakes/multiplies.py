"""forward multiplies x by F(x) instead of adding it.

In the example of the lesson the output is (4, 6) by chance, because x is (1, 1). If F is 0, the
output is 0 and not x, and the derivative of a product is different. Add both.
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
        total = skipped * correction
        return total
