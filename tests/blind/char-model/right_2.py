"""A language model of characters, as a stack of layers with names."""

import numpy as np

from ..attention.layernorm import LayerNorm, sinusoidal_positions
from ..attention.transformer import TransformerBlock
from ..forward.softmax import softmax
from ..layers.dense import Dense
from ..losses.softmax_cross_entropy import softmax_cross_entropy, softmax_cross_entropy_grad
from ..optim.adam import Adam


class Embedding:
    """A row per character, with the methods of a layer."""

    def __init__(self, rows, d, rng):
        self.params = {"": rng.normal(0.0, 0.5, (rows, d))}
        self.grads = {"": np.zeros((rows, d))}

    def forward(self, ids, training=False):
        if training:
            self.ids = ids
        return self.params[""][ids]

    def backward(self, dout):
        np.add.at(self.grads[""], self.ids, dout)

    def zero_grad(self):
        self.grads[""][:] = 0


class Rows:
    """A Dense layer for every token of (B, T, d)."""

    def __init__(self, dense):
        self.dense = dense
        self.params, self.grads, self.zero_grad = dense.params, dense.grads, dense.zero_grad

    def _each(self, method, x, *more):
        flat = method(x.reshape(-1, x.shape[-1]), *more)
        return flat.reshape(*x.shape[:-1], flat.shape[-1])

    def forward(self, x, training=False):
        return self._each(self.dense.forward, x, training)

    def backward(self, dout):
        return self._each(self.dense.backward, dout)


class CharModel:
    def __init__(self, vocab, d_model, heads, layers, context, rng):
        self.number = {char: i for i, char in enumerate(vocab)}
        if len(self.number) < len(vocab):
            raise ValueError("a character is twice in the vocabulary")
        self.vocab, self.context = vocab, context
        self.positions = sinusoidal_positions(context, d_model)
        self.embedding = Embedding(len(vocab), d_model, rng)
        head = Dense(d_model, len(vocab), rng)
        head.params["W"] *= 0.01
        self.stack = {
            f"block{i}": TransformerBlock(d_model, heads, 4 * d_model, rng, causal=True)
            for i in range(layers)
        }
        self.stack |= {"norm": LayerNorm(d_model), "head": Rows(head)}
        self.parts = {"embedding": self.embedding, **self.stack}

    def _gather(self, what):
        return {
            f"{part}.{name}".rstrip("."): array
            for part, layer in self.parts.items()
            for name, array in getattr(layer, what).items()
        }

    @property
    def params(self):
        return self._gather("params")

    def encode(self, text):
        try:
            return np.array([self.number[char] for char in text], dtype=np.int64)
        except KeyError as unknown:
            raise ValueError(f"{unknown} is not in the vocabulary") from None

    def _check(self, ids, least, most):
        ids = np.asarray(ids)
        if ids.ndim != 2 or ids.dtype.kind not in "iu" or not least <= ids.shape[1] <= most:
            raise ValueError(f"ids must be integers (B, T), T from {least} to {most}")
        if ((ids < 0) | (ids >= len(self.vocab))).any():
            raise ValueError("an id is not in the vocabulary")
        return ids

    def _forward(self, ids, training=False):
        x = self.embedding.forward(ids, training) + self.positions[: ids.shape[1]]
        for layer in self.stack.values():
            x = layer.forward(x, training)
        return x

    def logits(self, ids):
        return self._forward(self._check(ids, 1, self.context))

    def _predictions(self, ids, training=False):
        """Logits and targets: one row per prediction."""
        ids = self._check(ids, 2, self.context + 1)
        if len(ids) == 0:
            raise ValueError("an empty batch has no loss")
        z = self._forward(ids[:, :-1], training)
        return z.reshape(-1, len(self.vocab)), ids[:, 1:].ravel(), z.shape

    def loss(self, ids):
        z, targets, _ = self._predictions(ids)
        return float(softmax_cross_entropy(z, targets))

    def _differentiate(self, ids):
        for layer in self.parts.values():
            layer.zero_grad()
        z, targets, shape = self._predictions(ids, training=True)
        g = softmax_cross_entropy_grad(z, targets).reshape(shape)
        for layer in reversed(self.parts.values()):
            g = layer.backward(g)
        return float(softmax_cross_entropy(z, targets))

    def gradients(self, ids):
        self._differentiate(ids)
        return {name: grad.copy() for name, grad in self._gather("grads").items()}

    def train(self, text, steps, rng, batch_size=32, learning_rate=3e-3):
        ids = self.encode(text)
        if len(ids) <= self.context:
            raise ValueError(f"the text needs {self.context + 1} characters")
        windows = np.lib.stride_tricks.sliding_window_view(ids, self.context + 1)
        adam = Adam(learning_rate)
        losses = []
        for _ in range(steps):
            losses.append(self._differentiate(windows[rng.integers(len(windows), size=batch_size)]))
            adam.step(list(self.params.values()), list(self._gather("grads").values()))
        return losses

    def sample(self, prompt, n, rng, temperature=1.0):
        if not prompt or temperature < 0:
            raise ValueError("there must be a prompt, and a temperature of 0 or more")
        ids = self.encode(prompt).tolist()
        for _ in range(n):
            z = self.logits([ids[-self.context :]])[0, -1]
            if temperature > 0:
                with np.errstate(over="ignore"):  # -inf is right for a temperature near 0
                    p = softmax((z - z.max()) / temperature)
                ids.append(int(rng.choice(len(p), p=p)))
            else:
                ids.append(int(z.argmax()))
        return "".join(self.vocab[i] for i in ids[len(prompt) :])
