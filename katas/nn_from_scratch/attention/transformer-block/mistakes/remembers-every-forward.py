"""forward remembers queries, keys, values and weights even without training=True.

A call to forward for other tokens, between forward and backward, then replaces what backward needs:
the gradient is wrong, or the shapes do not match.
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
        self._seen, self._shape = ((Q, K, V, A), tokens.shape)
        output = self._maps["output"].forward(self._merge(collected), training)
        return output.reshape(tokens.shape)
