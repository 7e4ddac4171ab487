"""Tokens with a wrong number of features are broadcast.

With gamma of shape (3,), a column (N, 1) becomes (N, 3), because numpy repeats along an axis whose
length is 1. The last axis of x must have length D; raise a ValueError otherwise.
"""


class LayerNorm:
    def forward(self, x, training=False):
        tokens = np.asarray(x, dtype=np.float64)
        deviation = np.sqrt(tokens.var(axis=-1, keepdims=True) + self._eps)
        normalized = (tokens - tokens.mean(axis=-1, keepdims=True)) / deviation
        if training:
            self._normalized, self._deviation = normalized, deviation
        return self.params["gamma"] * normalized + self.params["beta"]
