"""backward returns the factors, without dout.

A check with an upstream gradient of ones does not see this. The chain rule multiplies: if dout is 2 and
the factor is 1.25, the gradient is 2.5.
"""


class Dropout:
    def backward(self, dout):
        if self._factors is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _floats(dout)
        if upstream.shape != self._factors.shape:
            raise ValueError("dout must have the shape of the output")
        return upstream * 0 + self._factors
