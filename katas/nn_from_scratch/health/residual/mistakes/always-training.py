"""The layers are called with training=True, whatever forward was called with.

An evaluation between forward and backward then replaces what the layers have stored, and dropout is
active when the network is used. Pass training on as it is.
"""


class Residual:
    def forward(self, x, training=False):
        correction = skipped = np.asarray(x)
        for layer in self.layers:
            correction = layer.forward(correction, training=True)
        if self.projection is not None:
            skipped = self.projection.forward(skipped, training=True)
        if skipped.shape != correction.shape:
            raise ValueError(f"{skipped.shape} and {correction.shape} cannot be added")
        if training:
            self._shape = correction.shape
        total = skipped + correction
        return total
