"""backward returns dout as it is.

An entry that was dropped had no part in the loss, so its gradient is 0, and the other gradients are those
of outputs that were multiplied by 1 / (1 - rate). Multiply by the factors of the forward pass.
"""


class Dropout:
    def backward(self, dout):
        if self._factors is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _floats(dout)
        if upstream.shape != self._factors.shape:
            raise ValueError("dout must have the shape of the output")
        return upstream.copy()
