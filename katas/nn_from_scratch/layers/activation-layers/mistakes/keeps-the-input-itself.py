"""forward stores the array x itself, and not a copy of it.

The array belongs to the caller. If it is changed in place before backward, as with h += b, the
derivative is computed at different inputs, and nothing warns of it. Compute the derivative in forward, or
store a copy.
"""


class Activation:
    def forward(self, x, training=False):
        values = _floats(x)
        if training:
            self._slopes = values
        return self._f(values)

    def backward(self, dout):
        if self._slopes is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        return _upstream(dout, self._slopes.shape) * self._f_grad(self._slopes)
