"""The block returns what its parts compute, without adding the tokens that it got.

Both parts are corrections: h = x + attention, y = h + dense layers. Without the sum, every token is lost
unless some head happens to copy it, and a stack of such blocks hardly learns.
"""


class TransformerBlock:
    def forward(self, x, training=False):
        tokens = _tokens(x, self._d_model)
        looked = self._attention.forward(self._norm1.forward(tokens, training), training)
        between = looked
        rows = _rows(self._norm2.forward(between, training))
        wide = self._relu.forward(self._expand.forward(rows, training), training)
        computed = self._contract.forward(wide, training)
        if training:
            self._shape = tokens.shape
        result = computed.reshape(tokens.shape)
        return result

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
