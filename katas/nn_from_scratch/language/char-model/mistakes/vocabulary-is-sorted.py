"""The characters are sorted before they are numbered.

The id of a character is its place in vocab, in the order in which it was given. Otherwise, ids that
were made elsewhere mean different characters.
"""


class CharModel:
    def __init__(self, vocab, d_model, heads, layers, context, rng):
        vocab = "".join(sorted(vocab))
        if len(set(vocab)) != len(vocab):
            raise ValueError("each character may be in vocab only once")
        self._ids = {character: number for number, character in enumerate(vocab)}
        self._vocab = vocab
        self._context = context
        self._embedding = rng.normal(size=(len(vocab), d_model))
        blocks = [
            TransformerBlock(d_model, heads, 4 * d_model, rng, causal=True) for _ in range(layers)
        ]
        self._head = Dense(d_model, len(vocab), rng, init="xavier")
        self._head.params["W"] *= _START
        self._body = {f"block{n}": block for n, block in enumerate(blocks)}
        self._body["norm"] = LayerNorm(d_model)
        self._layers = self._body | {"head": self._head}
