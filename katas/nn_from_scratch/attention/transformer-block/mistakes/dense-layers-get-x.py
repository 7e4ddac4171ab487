"""The dense layers get x, the tokens before attention.

The second correction is computed from h, which already contains the result of attention. Otherwise
the two parts of a block do not depend on each other, and the dense layers cannot use that result.
"""


class TransformerBlock:
    def forward(self, x, training=False):
        tokens = _tokens(x, self._d_model)
        looked = self._attention.forward(self._norm1.forward(tokens, training), training)
        between = tokens + looked
        rows = _rows(self._norm2.forward(tokens, training))
        wide = self._relu.forward(self._expand.forward(rows, training), training)
        computed = self._contract.forward(wide, training)
        if training:
            self._shape = tokens.shape
        result = between + computed.reshape(tokens.shape)
        return result

    def backward(self, dout):
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        _require_shape(upstream, self._shape)
        d_wide = self._contract.backward(_rows(upstream))
        d_rows = self._expand.backward(self._relu.backward(d_wide))
        d_tokens = upstream + self._norm2.backward(d_rows.reshape(self._shape))
        result = d_tokens + self._norm1.backward(self._attention.backward(upstream))
        return result
