"""Embedding and head become layers for (B, T, ...), so that the model is one list of layers."""

import numpy as np

from ..attention.layernorm import LayerNorm, sinusoidal_positions
from ..attention.transformer import TransformerBlock
from ..forward.softmax import softmax
from ..layers.dense import Dense
from ..losses.softmax_cross_entropy import softmax_cross_entropy, softmax_cross_entropy_grad
from ..optim.adam import Adam


class _Embedding:
    def __init__(self, v, d, rng):
        self.params = {"": rng.normal(size=(v, d))}
        self.grads = {"": np.zeros((v, d))}

    def forward(self, ids, training=False):
        if training:
            self.ids = ids
        table = self.params[""]
        return table[ids] + sinusoidal_positions(ids.shape[1], table.shape[1])

    def backward(self, dout):
        for character in range(len(self.params[""])):
            self.grads[""][character] += dout[self.ids == character].sum(axis=0)

    def zero_grad(self):
        self.grads[""][...] = 0.0


class _Head(Dense):
    def __init__(self, d, v, rng):
        super().__init__(d, v, rng)
        self.params["W"] /= 12

    def forward(self, x, training=False):
        self.lead = x.shape[:-1] if training else getattr(self, "lead", None)
        return super().forward(x.reshape(-1, x.shape[-1]), training).reshape(*x.shape[:-1], -1)

    def backward(self, dout):
        return super().backward(dout.reshape(-1, dout.shape[-1])).reshape(*self.lead, -1)


class CharModel:
    def __init__(self, vocab, d_model, heads, layers, context, rng):
        if len({*vocab}) < len(vocab):
            raise ValueError("a character is repeated")
        self.characters = list(vocab)
        self.context = context
        self.chain = [("embedding", _Embedding(len(vocab), d_model, rng))]
        for number in range(layers):
            block = TransformerBlock(d_model, heads, 4 * d_model, rng, causal=True)
            self.chain.append((f"block{number}", block))
        self.chain += [("norm", LayerNorm(d_model)), ("head", _Head(d_model, len(vocab), rng))]

    def _collect(self, which):
        return {
            f"{name}.{key}".rstrip("."): array
            for name, layer in self.chain
            for key, array in getattr(layer, which).items()
        }

    @property
    def params(self):
        return self._collect("params")

    def encode(self, text):
        if not set(text) <= set(self.characters):
            raise ValueError("the text has a character that the vocabulary lacks")
        return np.fromiter(map(self.characters.index, text), dtype=np.int32, count=len(text))

    def _fit(self, ids, least, most):
        ids = np.asarray(ids)
        if ids.dtype.kind not in "iu" or ids.ndim != 2 or not least <= ids.shape[1] <= most:
            raise ValueError(f"from {least} to {most} integers in a row")
        if not np.isin(ids, range(len(self.characters))).all():
            raise ValueError("an id is out of range")
        return ids

    def _run(self, x, training=False):
        for _, layer in self.chain:
            x = layer.forward(x, training)
        return x

    def logits(self, ids):
        return self._run(self._fit(ids, 1, self.context))

    def loss(self, ids):
        ids = self._fit(ids, 2, self.context + 1)
        z = self._run(ids[:, :-1])
        return softmax_cross_entropy(z.reshape(-1, z.shape[-1]), ids[:, 1:].ravel())

    def gradients(self, ids):
        ids = self._fit(ids, 2, self.context + 1)
        for _, layer in self.chain:
            layer.zero_grad()
        z = self._run(ids[:, :-1], True)
        g = softmax_cross_entropy_grad(z.reshape(-1, z.shape[-1]), ids[:, 1:].ravel())
        g = g.reshape(z.shape)
        for _, layer in self.chain[::-1]:
            g = layer.backward(g)
        return {name: array.copy() for name, array in self._collect("grads").items()}

    def train(self, text, steps, rng, batch_size=32, learning_rate=3e-3):
        ids = self.encode(text)
        if len(ids) - self.context < 1:
            raise ValueError("not enough text")
        rows = np.arange(len(ids) - self.context)[:, None] + np.arange(self.context + 1)
        adam = Adam(learning_rate)
        history = []
        while len(history) < steps:
            batch = ids[rows[rng.integers(len(rows), size=batch_size)]]
            history.append(self.loss(batch))
            gradients = self.gradients(batch)
            params = self.params
            adam.step(list(params.values()), [gradients[name] for name in params])
        return history

    def sample(self, prompt, n, rng, temperature=1.0):
        if not prompt or not temperature >= 0:
            raise ValueError("a prompt and a temperature from 0")
        ids = self.encode(prompt)
        for _ in range(n):
            z = self._run(ids[np.newaxis, -self.context :])[0, -1]
            if temperature:
                choice = rng.multinomial(1, softmax(z / temperature)).argmax()
            else:
                choice = z.argmax()
            ids = np.append(ids, choice)
        return "".join(self.characters[i] for i in ids[len(prompt) :])
