"""Every layer gets x, and not the output of the previous layer.

Only the last layer then has an effect on the output. F is a chain: the second layer computes with what
the first one returns.
"""


class Residual:
    def forward(self, x, training=False):
        correction = skipped = np.asarray(x)
        for layer in self.layers:
            correction = layer.forward(np.asarray(x), training=training)
        if self.projection is not None:
            skipped = self.projection.forward(skipped, training=training)
        if skipped.shape != correction.shape:
            raise ValueError(f"{skipped.shape} and {correction.shape} cannot be added")
        if training:
            self._shape = correction.shape
        total = skipped + correction
        return total
