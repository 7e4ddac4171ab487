import numpy as np

from ..attention.layernorm import LayerNorm, sinusoidal_positions
from ..attention.transformer import TransformerBlock
from ..forward.softmax import log_softmax, softmax
from ..layers.dense import Dense
from ..optim.adam import Adam


def with_prefix(prefix, arrays):
    return {prefix + "." + name: arrays[name] for name in arrays}


class CharModel:
    def __init__(self, vocab, d_model, heads, layers, context, rng):
        if len(set(vocab)) != len(vocab):
            raise ValueError(f"characters that occur twice: {vocab!r}")
        self.vocab = list(vocab)
        self.C = context
        self.V = len(vocab)
        self.d = d_model
        self.table = rng.standard_normal((self.V, d_model)) / np.sqrt(d_model)
        self.blocks = []
        for _ in range(layers):
            self.blocks.append(TransformerBlock(d_model, heads, 4 * d_model, rng, True))
        self.norm = LayerNorm(d_model)
        self.head = Dense(d_model, self.V, rng, init="lecun")
        self.head.params["W"] /= 100  # all characters are about as likely

    @property
    def params(self):
        return {"embedding": self.table, **self.collect(lambda layer: layer.params)}

    def collect(self, get):
        arrays = {}
        for i, block in enumerate(self.blocks):
            arrays.update(with_prefix(f"block{i}", get(block)))
        arrays.update(with_prefix("norm", get(self.norm)))
        arrays.update(with_prefix("head", get(self.head)))
        return arrays

    def encode(self, text):
        unknown = set(text) - set(self.vocab)
        if unknown:
            raise ValueError(f"unknown characters: {sorted(unknown)}")
        return np.fromiter(map(self.vocab.index, text), dtype=int, count=len(text))

    def one_hot(self, ids):
        return np.eye(self.V)[ids]

    def read(self, ids):
        ids = np.asarray(ids)
        if ids.ndim != 2 or not np.issubdtype(ids.dtype, np.integer):
            raise ValueError("ids are rows of integers")
        if ids.size and (ids.min() < 0 or ids.max() >= self.V):
            raise ValueError(f"ids are from 0 to {self.V - 1}")
        return ids

    def compute(self, ids, training):
        B, T = ids.shape
        x = self.table.take(ids, axis=0) + sinusoidal_positions(T, self.d)
        for block in self.blocks:
            x = block.forward(x, training)
        tokens = self.norm.forward(x, training).reshape(B * T, self.d)
        return self.head.forward(tokens, training).reshape(B, T, self.V)

    def logits(self, ids):
        ids = self.read(ids)
        if ids.shape[1] < 1 or ids.shape[1] > self.C:
            raise ValueError(f"1 to {self.C} ids in a row")
        return self.compute(ids, training=False)

    def loss_and_slope(self, ids, training):
        """The loss, d(loss)/d(logits), and the ids that were read."""
        ids = self.read(ids)
        if ids.shape[0] < 1 or ids.shape[1] < 2 or ids.shape[1] > self.C + 1:
            raise ValueError(f"2 to {self.C + 1} ids in a row, and at least one row")
        seen, following = ids[:, :-1], self.one_hot(ids[:, 1:])
        log_p = log_softmax(self.compute(seen, training))
        loss = -np.einsum("btv,btv->", following, log_p) / seen.size
        return float(loss), (np.exp(log_p) - following) / seen.size, seen

    def loss(self, ids):
        return self.loss_and_slope(ids, training=False)[0]

    def gradients(self, ids):
        return self.loss_and_gradients(ids)[1]

    def loss_and_gradients(self, ids):
        loss, dz, seen = self.loss_and_slope(ids, training=True)
        for layer in [*self.blocks, self.norm, self.head]:
            layer.zero_grad()
        dx = self.head.backward(dz.reshape(-1, self.V)).reshape(*seen.shape, self.d)
        dx = self.norm.backward(dx)
        for block in self.blocks[::-1]:
            dx = block.backward(dx)
        grads = {"embedding": np.einsum("btv,btd->vd", self.one_hot(seen), dx)}
        for name, grad in self.collect(lambda layer: layer.grads).items():
            grads[name] = np.array(grad)
        return loss, grads

    def train(self, text, steps, rng, batch_size=32, learning_rate=3e-3):
        ids = self.encode(text)
        places = len(ids) - self.C
        if places < 1:
            raise ValueError("the text is too short")
        optimizer = Adam(lr=learning_rate)
        params = self.params
        history = []
        while len(history) < steps:
            starts = rng.integers(0, places, batch_size)
            batch = np.stack([ids[s : s + self.C + 1] for s in starts])
            loss, grads = self.loss_and_gradients(batch)
            optimizer.step([params[k] for k in params], [grads[k] for k in params])
            history.append(loss)
        return history

    def sample(self, prompt, n, rng, temperature=1.0):
        if prompt == "":
            raise ValueError("the prompt is empty")
        if temperature < 0:
            raise ValueError("the temperature is below 0")
        self.encode(prompt)
        text = prompt
        while len(text) < len(prompt) + n:
            z = self.logits(self.encode(text[-self.C :])[None, :])[0][-1]
            text += self.choose(z, rng, temperature)
        return text[len(prompt) :]

    def choose(self, z, rng, temperature):
        if temperature == 0:
            return self.vocab[int(np.argmax(z))]
        likely = np.cumsum(softmax((z - np.max(z)) / temperature))
        place = np.searchsorted(likely, rng.random() * likely[-1], side="right")
        return self.vocab[place]
