"""The blocks are made without causal=True, so each position sees the characters after it.

The next character is then simply looked up: the training loss falls to nearly 0. When the model
writes, there is no next character yet, and it has learned nothing else.
"""


class CharModel:
    def __init__(self, vocab, d_model, heads, layers, context, rng):
        if len(set(vocab)) != len(vocab):
            raise ValueError("each character may be in vocab only once")
        self._ids = {character: number for number, character in enumerate(vocab)}
        self._vocab = vocab
        self._context = context
        self._embedding = rng.normal(size=(len(vocab), d_model))
        blocks = [TransformerBlock(d_model, heads, 4 * d_model, rng) for _ in range(layers)]
        self._head = Dense(d_model, len(vocab), rng, init="xavier")
        self._head.params["W"] *= _START
        self._body = {f"block{n}": block for n, block in enumerate(blocks)}
        self._body["norm"] = LayerNorm(d_model)
        self._layers = self._body | {"head": self._head}
