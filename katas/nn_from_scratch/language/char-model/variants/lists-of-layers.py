"""The model is written out: embedding by one-hot rows, a list of blocks, one method forward."""

import numpy as np

from ..attention.layernorm import LayerNorm, sinusoidal_positions
from ..attention.transformer import TransformerBlock
from ..forward.softmax import softmax
from ..layers.dense import Dense
from ..losses.softmax_cross_entropy import softmax_cross_entropy, softmax_cross_entropy_grad
from ..optim.adam import Adam


class CharModel:
    def __init__(self, vocab, d_model, heads, layers, context, rng):
        if any(vocab.count(character) > 1 for character in vocab):
            raise ValueError("twice the same character")
        self.vocab, self.context, self.d = vocab, context, d_model
        self.E = 0.5 * rng.standard_normal((len(vocab), d_model))
        self.blocks = []
        for _ in range(layers):
            self.blocks.append(TransformerBlock(d_model, heads, 4 * d_model, rng, True))
        self.norm = LayerNorm(d_model)
        self.head = Dense(d_model, len(vocab), rng, "lecun")
        self.head.params["W"][...] /= 20

    def _parts(self):
        for number, block in enumerate(self.blocks):
            yield f"block{number}", block
        yield "norm", self.norm
        yield "head", self.head

    @property
    def params(self):
        found = {"embedding": self.E}
        for name, part in self._parts():
            for key, array in part.params.items():
                found[f"{name}.{key}"] = array
        return found

    def encode(self, text):
        ids = []
        for character in text:
            if character not in self.vocab:
                raise ValueError(f"{character!r} is unknown")
            ids.append(self.vocab.index(character))
        return np.array(ids, dtype=int)

    def _check(self, ids, lowest, highest):
        ids = np.array(ids)
        if ids.ndim != 2 or ids.dtype.kind not in "iu":
            raise ValueError("integers (B, T)")
        if ids.shape[1] < lowest or ids.shape[1] > highest:
            raise ValueError("too short or too long")
        if ((ids < 0) | (ids >= len(self.vocab))).any():
            raise ValueError("no such id")
        return ids

    def _forward(self, ids, training):
        B, T = ids.shape
        self.one_hot = np.eye(len(self.vocab))[ids.reshape(B * T)]
        x = (self.one_hot @ self.E).reshape(B, T, self.d) + sinusoidal_positions(T, self.d)
        for block in self.blocks:
            x = block.forward(x, training=training)
        x = self.norm.forward(x, training=training).reshape(B * T, self.d)
        return self.head.forward(x, training=training)

    def logits(self, ids):
        ids = self._check(ids, 1, self.context)
        return self._forward(ids, False).reshape(*ids.shape, len(self.vocab))

    def loss(self, ids):
        ids = self._check(ids, 2, self.context + 1)
        return softmax_cross_entropy(self._forward(ids[:, :-1], False), ids[:, 1:].reshape(-1))

    def gradients(self, ids):
        ids = self._check(ids, 2, self.context + 1)
        B, T = ids.shape
        for _, part in self._parts():
            part.zero_grad()
        z = self._forward(ids[:, :-1], True)
        g = self.head.backward(softmax_cross_entropy_grad(z, ids[:, 1:].reshape(-1)))
        g = self.norm.backward(g.reshape(B, T - 1, self.d))
        for block in self.blocks[::-1]:
            g = block.backward(g)
        found = {"embedding": self.one_hot.T @ g.reshape(B * (T - 1), self.d)}
        for name, part in self._parts():
            for key, array in part.grads.items():
                found[f"{name}.{key}"] = np.array(array)
        return found

    def train(self, text, steps, rng, batch_size=32, learning_rate=3e-3):
        ids = self.encode(text)
        places = len(ids) - self.context
        if places < 1:
            raise ValueError("the text is too short")
        adam, losses = Adam(lr=learning_rate), []
        for _ in range(steps):
            starts = rng.choice(places, size=batch_size)
            batch = np.stack([ids[s : s + self.context + 1] for s in starts])
            losses.append(self.loss(batch))
            gradients = self.gradients(batch)
            params = self.params
            adam.step([params[n] for n in params], [gradients[n] for n in params])
        return losses

    def sample(self, prompt, n, rng, temperature=1.0):
        if prompt == "":
            raise ValueError("nothing to go on from")
        if temperature < 0:
            raise ValueError("temperature")
        text = prompt
        self.encode(text)
        for _ in range(n):
            ids = self.encode(text[-self.context :])[np.newaxis]
            z = self.logits(ids)[0, -1]
            if temperature == 0:
                place = int(np.argmax(z))
            else:
                place = int(np.searchsorted(np.cumsum(softmax(z / temperature)), rng.random()))
            text += self.vocab[min(place, len(self.vocab) - 1)]
        return text[len(prompt) :]
