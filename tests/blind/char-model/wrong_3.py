"""Wrong: fancy indexing loses characters that occur twice."""

import numpy as np

from ..attention.layernorm import LayerNorm, sinusoidal_positions
from ..attention.transformer import TransformerBlock
from ..forward.softmax import softmax
from ..layers.dense import Dense
from ..losses.softmax_cross_entropy import softmax_cross_entropy, softmax_cross_entropy_grad
from ..optim.adam import Adam


class CharModel:
    def __init__(self, vocab, d_model, heads, layers, context, rng):
        if len(vocab) != len(set(vocab)):
            raise ValueError("vocab has duplicates")
        self.vocab = vocab
        self.V = len(vocab)
        self.d = d_model
        self.context = context
        self.embedding = rng.normal(0, 1, (self.V, d_model))
        self.layers = {}
        for i in range(layers):
            block = TransformerBlock(d_model, heads, 4 * d_model, rng, causal=True)
            self.layers["block" + str(i)] = block
        self.layers["norm"] = LayerNorm(d_model)
        self.layers["head"] = Dense(d_model, self.V, rng, init="xavier")
        self.layers["head"].params["W"][...] *= 0.1

    @property
    def params(self):
        result = {"embedding": self.embedding}
        for name, layer in self.layers.items():
            for key, value in layer.params.items():
                result[name + "." + key] = value
        return result

    def encode(self, text):
        for c in text:
            if c not in self.vocab:
                raise ValueError("unknown character: " + repr(c))
        return np.array([self.vocab.index(c) for c in text], dtype=int)

    def _validate(self, ids, min_t, max_t):
        ids = np.asarray(ids)
        if ids.ndim != 2:
            raise ValueError("ids must be 2-D")
        if not min_t <= ids.shape[1] <= max_t:
            raise ValueError("wrong length")
        if not np.issubdtype(ids.dtype, np.integer):
            raise ValueError("ids must be integers")
        if ids.size > 0 and (ids.min() < 0 or ids.max() > self.V - 1):
            raise ValueError("id out of range")
        return ids

    def _forward(self, ids, training=False):
        B, T = ids.shape
        x = self.embedding[ids] + sinusoidal_positions(T, self.d)
        for name, layer in self.layers.items():
            if name == "head":
                x = x.reshape(B * T, self.d)
            x = layer.forward(x, training=training)
        return x  # (B*T, V)

    def logits(self, ids):
        ids = self._validate(ids, 1, self.context)
        B, T = ids.shape
        return self._forward(ids).reshape(B, T, self.V)

    def loss(self, ids):
        ids = self._validate(ids, 2, self.context + 1)
        x = ids[:, :-1]
        y = ids[:, 1:].reshape(-1)
        return softmax_cross_entropy(self._forward(x), y)

    def gradients(self, ids):
        ids = self._validate(ids, 2, self.context + 1)
        x = ids[:, :-1]
        y = ids[:, 1:].reshape(-1)
        B, T = x.shape
        for layer in self.layers.values():
            layer.zero_grad()
        z = self._forward(x, training=True)
        g = softmax_cross_entropy_grad(z, y)
        for name in reversed(list(self.layers)):
            g = self.layers[name].backward(g)
            if name == "head":
                g = g.reshape(B, T, self.d)
        d_embedding = np.zeros_like(self.embedding)
        d_embedding[x] += g
        result = {"embedding": d_embedding}
        for name, layer in self.layers.items():
            for key, value in layer.grads.items():
                result[name + "." + key] = value.copy()
        return result

    def train(self, text, steps, rng, batch_size=32, learning_rate=3e-3):
        ids = self.encode(text)
        if len(ids) < self.context + 1:
            raise ValueError("text too short")
        optimizer = Adam(lr=learning_rate)
        history = []
        for _ in range(steps):
            starts = rng.integers(0, len(ids) - self.context, size=batch_size)
            batch = np.array([ids[s : s + self.context + 1] for s in starts])
            history.append(float(self.loss(batch)))
            grads = self.gradients(batch)
            params = self.params
            optimizer.step(list(params.values()), [grads[k] for k in params])
        return history

    def sample(self, prompt, n, rng, temperature=1.0):
        if len(prompt) == 0:
            raise ValueError("empty prompt")
        if temperature < 0:
            raise ValueError("negative temperature")
        ids = list(self.encode(prompt))
        new = []
        for _ in range(n):
            window = np.array(ids[-self.context :]).reshape(1, -1)
            z = self.logits(window)[0, -1]
            if temperature == 0:
                i = int(np.argmax(z))
            else:
                i = int(rng.choice(self.V, p=softmax(z / temperature)))
            ids.append(i)
            new.append(self.vocab[i])
        return "".join(new)
