"""The two dense layers follow each other without a ReLU.

Two linear maps in a row are one linear map: the layers in the middle could be left out, however wide they
are.
"""


class TransformerBlock:
    def forward(self, x, training=False):
        tokens = _tokens(x, self._d_model)
        looked = self._attention.forward(self._norm1.forward(tokens, training), training)
        between = tokens + looked
        rows = _rows(self._norm2.forward(between, training))
        wide = self._expand.forward(rows, training)
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
        d_rows = self._expand.backward(d_wide)
        d_between = upstream + self._norm2.backward(d_rows.reshape(self._shape))
        result = d_between + self._norm1.backward(self._attention.backward(d_between))
        return result
