"""backward draws new factors instead of using those of forward.

With a rate of 0.2, four of five entries that were dropped get a gradient, although they had no part
in the loss, and one of five that were kept gets none. Store the factors in forward.
"""


class Dropout:
    def backward(self, dout):
        if self._factors is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _floats(dout)
        if upstream.shape != self._factors.shape:
            raise ValueError("dout must have the shape of the output")
        kept = self._rng.random(upstream.shape) >= self._rate
        return upstream * (kept / upstream.dtype.type(1 - self._rate))
