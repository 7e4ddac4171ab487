"""In backward of the block, attention gets dout instead of the gradient of h.

What attention has added also went through the dense layers. Their gradient is added to dout first, and the
sum goes to attention.
"""


class TransformerBlock:
    def backward(self, dout):
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        _require_shape(upstream, self._shape)
        d_wide = self._contract.backward(_rows(upstream))
        d_rows = self._expand.backward(self._relu.backward(d_wide))
        d_between = upstream + self._norm2.backward(d_rows.reshape(self._shape))
        result = d_between + self._norm1.backward(self._attention.backward(upstream))
        return result
