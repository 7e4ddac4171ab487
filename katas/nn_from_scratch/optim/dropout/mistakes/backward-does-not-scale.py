"""backward sets the gradients of the dropped entries to 0, but does not divide the others by 1 - rate.

The output was multiplied by 1.25 with a rate of 0.2, so the chain rule multiplies the gradient by
the same 1.25. The gradients of all earlier layers are 0.8 times what they should be.
"""


class Dropout:
    def backward(self, dout):
        if self._factors is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _floats(dout)
        if upstream.shape != self._factors.shape:
            raise ValueError("dout must have the shape of the output")
        return upstream * (self._factors != 0)
