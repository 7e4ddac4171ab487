"""backward returns the derivative f'(x) and does not use dout.

The chain rule multiplies each derivative by the entry of the upstream gradient. A check with an
upstream gradient of ones does not see this; with dout = 3 the gradient is three times too small.
"""


class Activation:
    def backward(self, dout):
        if self._slopes is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        _upstream(dout, self._slopes.shape)
        return self._slopes.copy()
