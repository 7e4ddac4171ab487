"""forward does not compare the shapes of the two arrays that it adds.

numpy repeats a column of shape (N, 1) for all D columns without an error. Raise a ValueError if the
shapes differ.
"""


class Residual:
    def forward(self, x, training=False):
        correction = skipped = np.asarray(x)
        for layer in self.layers:
            correction = layer.forward(correction, training=training)
        if self.projection is not None:
            skipped = self.projection.forward(skipped, training=training)
        if training:
            self._shape = correction.shape
        total = skipped + correction
        return total
