"""Queries, keys and values come from the same weights.

Each token is then most like itself, since its query is its key: no token can look for something
that is different from it. The layer needs three maps with weights of their own.
"""


class MultiHeadAttention:
    def __init__(self, d_model, heads, rng, causal=False):
        if heads < 1 or d_model % heads:
            raise ValueError(f"{d_model} features cannot be divided among {heads} heads")
        shared = Dense(d_model, d_model, rng, init="xavier")
        output = Dense(d_model, d_model, rng, init="xavier")
        self._maps = {"query": shared, "key": shared, "value": shared, "output": output}
        self._d_model = d_model
        self._heads = heads
        self._causal = causal
        self._seen = None
