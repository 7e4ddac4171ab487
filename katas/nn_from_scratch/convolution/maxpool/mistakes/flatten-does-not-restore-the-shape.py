"""Flatten.backward returns the rows as they came.

The layer before Flatten has images (N, C, H, W) as its output, and its backward method expects a
gradient of this shape. Remember the shape in forward, and reshape to it.
"""


class Flatten:
    def backward(self, dout):
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        return _upstream(dout, (self._shape[0], math.prod(self._shape[1:])))
