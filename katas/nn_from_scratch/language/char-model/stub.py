"""A character-level language model: it learns which character comes next, and writes text."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]
_Ids = NDArray[np.integer[Any]]


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
        raise NotImplementedError("kata char-model: CharModel.__init__ is not written yet")

    @property
    def params(self) -> dict[str, _Floats]:
        """The parameters, by name."""
        raise NotImplementedError("kata char-model: CharModel.params is not written yet")

    def encode(self, text: str) -> _Ids:
        """Return the ids of the characters of a text, (T,).

        Raises:
            ValueError: a character is not in the vocabulary.
        """
        raise NotImplementedError("kata char-model: CharModel.encode is not written yet")

    def logits(self, ids: ArrayLike) -> _Floats:
        """Return the logits of the character after each position, (B, T, V).

        Those of position t depend on the ids from 0 to t, and on no later one.

        Args:
            ids: integers (B, T), with 1 <= T <= C.

        Raises:
            ValueError: ``ids`` are not (B, T), T is 0 or above C, or an id is not from 0 to V - 1.
        """
        raise NotImplementedError("kata char-model: CharModel.logits is not written yet")

    def loss(self, ids: ArrayLike) -> float:
        """Return the mean cross-entropy of all characters but the first of each row.

        The logits of position t are those for the id at t + 1. The last id is only a target, so
        T may be C + 1.

        Args:
            ids: integers (B, T), with B >= 1 and 2 <= T <= C + 1.

        Raises:
            ValueError: as for ``logits``, with these limits.
        """
        raise NotImplementedError("kata char-model: CharModel.loss is not written yet")

    def gradients(self, ids: ArrayLike) -> dict[str, _Floats]:
        """Return d(loss)/d(parameter) of ``loss(ids)``, by the names and in the shapes of params.

        They are new arrays, and do not depend on earlier calls. Arguments and errors are as for
        ``loss``.
        """
        raise NotImplementedError("kata char-model: CharModel.gradients is not written yet")

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
        raise NotImplementedError("kata char-model: CharModel.train is not written yet")

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
        raise NotImplementedError("kata char-model: CharModel.sample is not written yet")
