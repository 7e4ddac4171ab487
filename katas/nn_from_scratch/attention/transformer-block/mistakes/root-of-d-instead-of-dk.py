"""The scores are divided by the square root of d, and not by that of dk = d/H.

A head compares dk numbers, so its products have a variance of dk. With d = 32 and four heads, all
scores are half as large as they should be, and the weights are too similar.
"""


class MultiHeadAttention:
    def forward(self, x, training=False):
        tokens = _tokens(x, self._d_model)
        batch, time, _ = tokens.shape
        rows = _rows(tokens)
        Q, K, V = (
            self._split(self._maps[name].forward(rows, training), batch, time)
            for name in ("query", "key", "value")
        )
        mask = np.tril(np.ones((time, time), dtype=bool)) if self._causal else None
        Q = Q / np.sqrt(self._heads)
        collected, A = attention(Q, K, V, mask)
        if training:
            self._seen, self._shape = ((Q, K, V, A), tokens.shape)
        output = self._maps["output"].forward(self._merge(collected), training)
        return output.reshape(tokens.shape)

    def backward(self, dout):
        if self._seen is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        _require_shape(upstream, self._shape)
        batch, time, _ = self._shape
        d_merged = self._maps["output"].backward(_rows(upstream))
        dQ, dK, dV = attention_backward(self._split(d_merged, batch, time), *self._seen)
        gradients = (dQ / np.sqrt(self._heads), dK, dV)
        d_rows = sum(
            (
                self._maps[name].backward(self._merge(gradient))
                for name, gradient in zip(("query", "key", "value"), gradients, strict=True)
            )
        )
        return np.asarray(d_rows).reshape(upstream.shape)
