"""backward without an earlier call to forward with training=True returns zeros instead of an error.

The layers before it then silently learn nothing. Raise a RuntimeError if nothing is stored yet.
"""


class Activation:
    def backward(self, dout):
        upstream = _floats(dout)
        if self._slopes is None:
            return np.zeros_like(upstream)
        return _upstream(dout, self._slopes.shape) * self._slopes


class Softmax:
    def backward(self, dout):
        if self._p is None:
            return np.zeros_like(_floats(dout))
        return softmax_vjp(self._p, dout)
