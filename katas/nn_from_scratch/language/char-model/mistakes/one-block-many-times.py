"""One block is made and used for every layer.

All layers then share their weights: with two layers there are half as many parameters to learn
from, and the names of the second block refer to the arrays of the first. Make a new block for each
layer.
"""


class CharModel:
    def __init__(self, vocab, d_model, heads, layers, context, rng):
        if len(set(vocab)) != len(vocab):
            raise ValueError("each character may be in vocab only once")
        self._ids = {character: number for number, character in enumerate(vocab)}
        self._vocab = vocab
        self._context = context
        self._embedding = rng.normal(size=(len(vocab), d_model))
        blocks = [TransformerBlock(d_model, heads, 4 * d_model, rng, causal=True)] * layers
        self._head = Dense(d_model, len(vocab), rng, init="xavier")
        self._head.params["W"] *= _START
        self._body = {f"block{n}": block for n, block in enumerate(blocks)}
        self._body["norm"] = LayerNorm(d_model)
        self._layers = self._body | {"head": self._head}
