"""Sampling by the Gumbel trick; gradients kept per name; the positions are made once."""

import numpy as np

from ..attention.layernorm import LayerNorm, sinusoidal_positions
from ..attention.transformer import TransformerBlock
from ..forward.softmax import log_softmax, softmax
from ..layers.dense import Dense
from ..optim.adam import Adam


class CharModel:
    def __init__(self, vocab, d_model, heads, layers, context, rng):
        self.numbers = {}
        for character in vocab:
            if character in self.numbers:
                raise ValueError(f"{character!r} occurs twice")
            self.numbers[character] = len(self.numbers)
        self.context = context
        self.positions = sinusoidal_positions(context, d_model)
        self.layers = {
            f"block{n}": TransformerBlock(d_model, heads, 4 * d_model, rng, causal=True)
            for n in range(layers)
        }
        self.layers["norm"] = LayerNorm(d_model)
        head = Dense(d_model, len(vocab), rng)
        head.params["W"][:] = 0.0
        self.layers["head"] = head
        self.params = {"embedding": rng.uniform(-1, 1, (len(vocab), d_model))}
        for name, layer in self.layers.items():
            self.params |= {f"{name}.{key}": array for key, array in layer.params.items()}

    def encode(self, text):
        try:
            return np.array([self.numbers[character] for character in text], dtype=np.intp)
        except KeyError as error:
            raise ValueError(f"unknown character {error}") from None

    def run(self, ids, training=False):
        x = self.params["embedding"][ids] + self.positions[: ids.shape[1]]
        for name, layer in self.layers.items():
            if name == "head":
                x = x.reshape(-1, x.shape[-1])
            x = layer.forward(x, training)
        return x.reshape(*ids.shape, -1)

    def tested(self, ids, most):
        ids = np.asarray(ids)
        fits = ids.ndim == 2 and 0 < ids.shape[1] <= most and ids.dtype.kind in "iu"
        if not fits or np.any(ids < 0) or np.any(ids >= len(self.numbers)):
            raise ValueError(f"ids must be integers (B, T) with T up to {most}")
        return ids

    def logits(self, ids):
        return self.run(self.tested(ids, self.context))

    def pair(self, ids):
        ids = self.tested(ids, self.context + 1)
        if ids.shape[1] == 1 or not len(ids):
            raise ValueError("nothing to predict")
        return ids[:, :-1], ids[:, 1:, np.newaxis]

    def loss(self, ids):
        before, after = self.pair(ids)
        return -float(np.take_along_axis(log_softmax(self.run(before)), after, 2).mean())

    def gradients(self, ids):
        before, after = self.pair(ids)
        p = softmax(self.run(before, True))
        np.put_along_axis(p, after, np.take_along_axis(p, after, 2) - 1, 2)
        g = p.reshape(-1, p.shape[2]) / after.size
        for layer in self.layers.values():
            layer.zero_grad()
        g = self.layers["head"].backward(g).reshape(*before.shape, -1)
        for name in list(self.layers)[-2::-1]:
            g = self.layers[name].backward(g)
        embedding = np.zeros(self.params["embedding"].shape)
        for place in np.ndindex(before.shape):
            embedding[before[place]] += g[place]
        found = {"embedding": embedding}
        for name, layer in self.layers.items():
            found |= {f"{name}.{key}": np.copy(array) for key, array in layer.grads.items()}
        return found

    def train(self, text, steps, rng, batch_size=32, learning_rate=3e-3):
        ids = self.encode(text)
        if len(ids) < self.context + 1:
            raise ValueError("too short")
        optimizer = Adam(learning_rate)
        history = []
        for _ in range(steps):
            first = rng.integers(len(ids) - self.context, size=(batch_size, 1))
            batch = ids[first + np.arange(self.context + 1)]
            history.append(self.loss(batch))
            gradients = self.gradients(batch)
            optimizer.step([*self.params.values()], [gradients[name] for name in self.params])
        return history

    def sample(self, prompt, n, rng, temperature=1.0):
        if len(prompt) < 1 or temperature < 0:
            raise ValueError("prompt or temperature")
        written = list(self.encode(prompt))
        for _ in range(n):
            z = self.run(np.array(written[-self.context :])[np.newaxis])[0, -1]
            if temperature > 0:
                z = z / temperature + rng.gumbel(size=len(z))
            written.append(np.argmax(z))
        characters = list(self.numbers)
        return "".join(characters[i] for i in written[len(prompt) :])
