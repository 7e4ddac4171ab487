"""backward computes in the array that forward returned as the output.

The next layer may still hold this array: after backward, it contains gradients instead of probabilities. Store
a copy, or compute with new arrays.
"""


class Softmax:
    def forward(self, x, training=False):
        p = softmax(x)
        if training:
            self._p = p.copy()
            self._out = p
        return p

    def backward(self, dout):
        if self._p is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        d = softmax_vjp(self._p, dout)
        self._out *= d
        return d
