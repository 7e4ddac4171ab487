"""causal is stored, but attention gets no mask.

A model that is trained to predict the next character then simply looks at it. Its loss in training
is near 0, but it cannot write text, because then the next character does not exist yet.
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
        mask = np.tril(np.ones((time, time), dtype=bool)) if False else None
        collected, A = attention(Q, K, V, mask)
        if training:
            self._seen, self._shape = ((Q, K, V, A), tokens.shape)
        output = self._maps["output"].forward(self._merge(collected), training)
        return output.reshape(tokens.shape)
