"""The number of heads is not tested when the layer is made.

Five features cannot be divided between two heads. An error from a reshape much later names neither
of the two numbers; and 4 is even divisible by -2 heads. Raise a ValueError in __init__.
"""


class MultiHeadAttention:
    def __init__(self, d_model, heads, rng, causal=False):
        self._maps = {
            name: Dense(d_model, d_model, rng, init="xavier")
            for name in ("query", "key", "value", "output")
        }
        self._d_model = d_model
        self._heads = heads
        self._causal = causal
        self._seen = None
