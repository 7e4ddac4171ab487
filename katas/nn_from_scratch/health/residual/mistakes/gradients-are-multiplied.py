"""backward multiplies the gradients of both paths.

The output is a sum, and the gradients of the terms of a sum are added. If F is 0, the gradient must be
dout; here it is 0.
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
        total = d_skipped * d_correction
        return total
