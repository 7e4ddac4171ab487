"""The mask also hides each token from itself.

The first token then sees nothing, and its output is zero; the second sees only the first. Each
token may see itself and those before it.
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
        mask = np.tril(np.ones((time, time), dtype=bool), -1) if self._causal else None
        collected, A = attention(Q, K, V, mask)
        if training:
            self._seen, self._shape = ((Q, K, V, A), tokens.shape)
        output = self._maps["output"].forward(self._merge(collected), training)
        return output.reshape(tokens.shape)
