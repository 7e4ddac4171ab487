"""The mask is used only with training=True.

At inference, a token in the middle of a text then looks at the tokens after it, which it has never
seen in training. causal holds for every call to forward.
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
        mask = np.tril(np.ones((time, time), dtype=bool)) if self._causal and training else None
        collected, A = attention(Q, K, V, mask)
        if training:
            self._seen, self._shape = ((Q, K, V, A), tokens.shape)
        output = self._maps["output"].forward(self._merge(collected), training)
        return output.reshape(tokens.shape)
