"""backward returns only what comes back through the layers.

x is added to the output, so the gradient of the output is added to that of x: in the example of the lesson,
dx is (0, -2) and not (-1, -1). Without this part, the gradient vanishes in a deep network as if there were
no skip at all.
"""


class Residual:
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
        total = d_correction
        return total
