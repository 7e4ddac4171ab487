"""The outputs of the heads are returned side by side, without the last map.

What one head has found is then never combined with what another one has found. The map "output"
mixes the columns of all heads.
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
        collected, A = attention(Q, K, V, mask)
        if training:
            self._seen, self._shape = ((Q, K, V, A), tokens.shape)
        return self._merge(collected).reshape(tokens.shape)

    def backward(self, dout):
        if self._seen is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        _require_shape(upstream, self._shape)
        batch, time, _ = self._shape
        d_merged = _rows(upstream)
        gradients = attention_backward(self._split(d_merged, batch, time), *self._seen)
        d_rows = sum(
            (
                self._maps[name].backward(self._merge(gradient))
                for name, gradient in zip(("query", "key", "value"), gradients, strict=True)
            )
        )
        return np.asarray(d_rows).reshape(upstream.shape)
