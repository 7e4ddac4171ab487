"""A character-level language model: it learns which character comes next, and writes text."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..attention.layernorm import LayerNorm, sinusoidal_positions
from ..attention.transformer import TransformerBlock
from ..forward.softmax import softmax
from ..layers.dense import Dense
from ..losses.softmax_cross_entropy import softmax_cross_entropy, softmax_cross_entropy_grad
from ..optim.adam import Adam

_Floats = NDArray[np.floating[Any]]
_Ids = NDArray[np.integer[Any]]

_START = 0.1
"""What the initial weights of the head are multiplied by, so that all characters are as likely."""


class CharModel:
    """Give each character of a vocabulary a logit for being the next one.

    Write V for the number of characters, d for ``d_model``, L for ``layers`` and C for ``context``.
    The *id* of a character is its place in ``vocab``. For ids (B, T), with T <= C:

        x = embedding[ids] + sinusoidal_positions(T, d)
        x = block(x) for each of the L blocks, which are causal and have d_ff = 4 d
        logits = head(LayerNorm(x))

    Attributes:
        params: all arrays by name: "embedding" (V, d), "block0.norm1.gamma" and so on for
            the L blocks, "norm.gamma" and "norm.beta" (d,), "head.W" (d, V) and "head.b" (V,). The
            model computes with these arrays, so a change in place takes effect.

    Source: Y. Bengio et al. 2003; A. Radford et al. 2018.
    """

    def __init__(
        self,
        vocab: str,
        d_model: int,
        heads: int,
        layers: int,
        context: int,
        rng: np.random.Generator,
    ) -> None:
        """Draw the initial parameters.

        At the start all characters are about equally likely: the loss is within 5 % of ln V for ids
        that are drawn at random.

        Args:
            vocab: the characters, each once.
            d_model, heads, layers: d, the heads of each block, and L.
            context: C, how many characters the model sees at most.
            rng: the only source of random numbers.

        Raises:
            ValueError: a character occurs twice in ``vocab``, or ``heads`` does not divide d.
        """
        if len(set(vocab)) != len(vocab):
            raise ValueError("each character may be in vocab only once")
        self._ids = {character: number for number, character in enumerate(vocab)}
        self._vocab = vocab
        self._context = context
        self._embedding: _Floats = rng.normal(size=(len(vocab), d_model))
        blocks = [
            TransformerBlock(d_model, heads, 4 * d_model, rng, causal=True) for _ in range(layers)
        ]
        self._head = Dense(d_model, len(vocab), rng, init="xavier")
        self._head.params["W"] *= _START
        self._body: dict[str, Any] = {f"block{n}": block for n, block in enumerate(blocks)}
        self._body["norm"] = LayerNorm(d_model)
        self._layers = self._body | {"head": self._head}

    @property
    def params(self) -> dict[str, _Floats]:
        """The parameters, by name."""
        return {"embedding": self._embedding} | {
            f"{name}.{key}": array
            for name, layer in self._layers.items()
            for key, array in layer.params.items()
        }

    def encode(self, text: str) -> _Ids:
        """Return the ids of the characters of a text, (T,).

        Raises:
            ValueError: a character is not in the vocabulary.
        """
        unknown = set(text) - set(self._ids)
        if unknown:
            raise ValueError(f"not in the vocabulary: {sorted(unknown)}")
        return np.array([self._ids[character] for character in text], dtype=np.int64)

    def logits(self, ids: ArrayLike) -> _Floats:
        """Return the logits of the character after each position, (B, T, V).

        Those of position t depend on the ids from 0 to t, and on no later one.

        Args:
            ids: integers (B, T), with 1 <= T <= C.

        Raises:
            ValueError: ``ids`` are not (B, T), T is 0 or above C, or an id is not from 0 to V - 1.
        """
        return self._forward(self._checked(ids, 1, self._context))

    def loss(self, ids: ArrayLike) -> float:
        """Return the mean cross-entropy of all characters but the first of each row.

        The logits of position t are those for the id at t + 1. The last id is only a target, so
        T may be C + 1.

        Args:
            ids: integers (B, T), with B >= 1 and 2 <= T <= C + 1.

        Raises:
            ValueError: as for ``logits``, with these limits.
        """
        inputs, targets = self._inputs_and_targets(ids)
        logits = self._forward(inputs)
        return softmax_cross_entropy(logits.reshape(len(targets), len(self._vocab)), targets)

    def gradients(self, ids: ArrayLike) -> dict[str, _Floats]:
        """Return d(loss)/d(parameter) of ``loss(ids)``, by the names and in the shapes of params.

        They are new arrays, and do not depend on earlier calls. Arguments and errors are as for
        ``loss``.
        """
        return self._loss_and_gradients(ids)[1]

    def train(
        self,
        text: str,
        steps: int,
        rng: np.random.Generator,
        batch_size: int = 32,
        learning_rate: float = 3e-3,
    ) -> list[float]:
        """Take steps with Adam, and return the loss of each batch before its step.

        Each row of a batch is C + 1 characters in a row, from a position in the text drawn at
        random: all positions where a row can start, including the last, have the same probability.

        Args:
            text: at least C + 1 characters.
            steps, batch_size, learning_rate: how many steps, with how many rows, and how large.
            rng: draws the positions.

        Raises:
            ValueError: the text is too short, or has a character that is not in the vocabulary.
        """
        # numpy raises a ValueError where the text is shorter than a window.
        windows = np.lib.stride_tricks.sliding_window_view(self.encode(text), self._context + 1)
        optimizer = Adam(learning_rate)
        history = []
        for _ in range(steps):
            batch = windows[rng.integers(len(windows), size=batch_size)]
            loss, gradients = self._loss_and_gradients(batch)
            optimizer.step(list(self.params.values()), list(gradients.values()))
            history.append(loss)
        return history

    def sample(
        self, prompt: str, n: int, rng: np.random.Generator, temperature: float = 1.0
    ) -> str:
        """Continue the text: return n characters that follow the prompt, without the prompt.

        One character after the other is drawn with the probabilities softmax(logits / temperature)
        of the last position, and is then part of the text. The model sees the last C characters.

        Args:
            prompt: at least one character.
            n: how many characters; 0 gives "".
            rng: the only source of random numbers.
            temperature: above 0. With 0, the most likely character is taken, and of several the
                one with the smallest id.

        Raises:
            ValueError: the prompt is empty or has an unknown character, or the temperature is below
                0.
        """
        if not prompt or temperature < 0:
            raise ValueError("a prompt, and a temperature of at least 0, are needed")
        ids = self.encode(prompt).tolist()
        for _ in range(n):
            seen = np.array([ids[-self._context :]])
            logits = self._forward(seen)[0, -1]
            if temperature == 0:
                ids.append(int(logits.argmax()))
            else:
                probabilities = softmax(logits / temperature)
                ids.append(int(rng.choice(len(probabilities), p=probabilities)))
        return "".join(self._vocab[number] for number in ids[len(prompt) :])

    def _forward(self, ids: _Ids, training: bool = False) -> _Floats:
        batch, time = ids.shape
        d = self._embedding.shape[1]
        x = self._embedding[ids] + sinusoidal_positions(time, d)
        for layer in self._body.values():
            x = layer.forward(x, training)
        logits = self._head.forward(x.reshape(batch * time, d), training)
        return logits.reshape(batch, time, len(self._vocab))

    def _loss_and_gradients(self, ids: ArrayLike) -> tuple[float, dict[str, _Floats]]:
        inputs, targets = self._inputs_and_targets(ids)
        logits = self._forward(inputs, training=True).reshape(len(targets), len(self._vocab))
        for layer in self._layers.values():
            layer.zero_grad()
        d_x = self._head.backward(softmax_cross_entropy_grad(logits, targets))
        d_x = d_x.reshape(*inputs.shape, self._embedding.shape[1])
        for layer in reversed(self._body.values()):
            d_x = layer.backward(d_x)
        # A character can occur several times: indexing with += would count it once.
        d_embedding = np.zeros_like(self._embedding)
        np.add.at(d_embedding, inputs, d_x)
        gradients = {"embedding": d_embedding} | {
            f"{name}.{key}": array.copy()
            for name, layer in self._layers.items()
            for key, array in layer.grads.items()
        }
        return softmax_cross_entropy(logits, targets), gradients

    def _inputs_and_targets(self, ids: ArrayLike) -> tuple[_Ids, _Ids]:
        # The cross-entropy refuses a batch without rows.
        checked = self._checked(ids, 2, self._context + 1)
        return checked[:, :-1], checked[:, 1:].ravel()

    def _checked(self, ids: ArrayLike, shortest: int, longest: int) -> _Ids:
        checked = np.asarray(ids)
        if checked.ndim != 2 or not shortest <= checked.shape[1] <= longest:
            raise ValueError(f"ids must be (B, T) with T from {shortest} to {longest}")
        if checked.dtype.kind not in "iu":
            raise ValueError(f"ids must be integers, got dtype {checked.dtype}")
        if checked.size and (checked.min() < 0 or checked.max() >= len(self._vocab)):
            raise ValueError(f"ids must be from 0 to {len(self._vocab) - 1}")
        return checked
