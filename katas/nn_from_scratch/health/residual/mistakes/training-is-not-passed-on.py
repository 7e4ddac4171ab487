"""The layers are called without training=True, whatever forward was called with.

They then store nothing, and their backward raises a RuntimeError; dropout would never drop anything.
Pass training on to every layer.
"""


class Residual:
    def forward(self, x, training=False):
        correction = skipped = np.asarray(x)
        for layer in self.layers:
            correction = layer.forward(correction)
        if self.projection is not None:
            skipped = self.projection.forward(skipped)
        if skipped.shape != correction.shape:
            raise ValueError(f"{skipped.shape} and {correction.shape} cannot be added")
        if training:
            self._shape = correction.shape
        total = skipped + correction
        return total
