"""The model draws its first weights from a generator of its own with a fixed seed.

Every model then starts with the same weights, whatever rng is, and nobody can see how much a result depends
on them. Pass the rng that you get on to every part.
"""


class CharModel:
    def __init__(self, vocab, d_model, heads, layers, context, rng):
        if len(set(vocab)) != len(vocab):
            raise ValueError("each character may be in vocab only once")
        rng = np.random.default_rng(42)
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
