"""Attention with several heads, and the block that language models are stacked of.

Both classes have the methods and attributes of every layer: ``forward``, ``backward``,
``zero_grad``, ``params`` and ``grads``.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


class MultiHeadAttention:
    """Let the tokens of a sequence look at each other, with several heads at once.

    Write B for the number of sequences, T for the number of tokens in each, d for ``d_model`` and H
    for ``heads``. Each token is mapped to a query, a key and a value of d numbers. Head h gets the
    numbers from ``h d/H`` to ``(h + 1) d/H - 1`` of each, so dk = d/H, and computes attention with
    them alone. The outputs of the heads are put side by side again, in the same order, and mapped
    once more.

    Attributes:
        params, grads: the weights (d, d) and biases (d,) of the four maps, and their gradients,
            which are zero at first. The names are "query.W", "query.b", "key.W", "key.b",
            "value.W", "value.b", "output.W" and "output.b". The layer computes with these arrays,
            so a change in place takes effect. ``backward`` adds to ``grads``.

    No method changes its arguments. Source: A. Vaswani et al. 2017.
    """

    def __init__(
        self, d_model: int, heads: int, rng: np.random.Generator, causal: bool = False
    ) -> None:
        """Draw the weights of the four maps from ``rng``, and set the biases to zero.

        Args:
            d_model, heads: d and H.
            rng: the only source of random numbers. The weights are those of ``Dense`` with the
                scheme "xavier".
            causal: each token sees itself and the tokens before it, and none after it.

        Raises:
            ValueError: ``heads`` is below 1, or d cannot be divided by it.
        """
        raise NotImplementedError(
            "kata transformer-block: MultiHeadAttention.__init__ is not written yet"
        )

    @property
    def params(self) -> dict[str, _Floats]:
        """The parameters of the four maps, by their names."""
        raise NotImplementedError(
            "kata transformer-block: MultiHeadAttention.params is not written yet"
        )

    @property
    def grads(self) -> dict[str, _Floats]:
        """The gradients of the four maps, by the names of the parameters."""
        raise NotImplementedError(
            "kata transformer-block: MultiHeadAttention.grads is not written yet"
        )

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return what each token has collected, (B, T, d).

        Args:
            x: tokens, (B, T, d). B may be 0, and T is at least 1. Integers are converted to
                float64.
            training: remember what ``backward`` needs. A call without it returns the same, and does
                not change what an earlier call remembered.

        Raises:
            ValueError: x is not (B, T, d).
        """
        raise NotImplementedError(
            "kata transformer-block: MultiHeadAttention.forward is not written yet"
        )

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (B, T, d), and add the gradients of the maps to ``grads``.

        x reaches the output as queries, as keys and as values, and the three gradients are added.

        Args:
            dout: the upstream gradient d(loss)/d(output), (B, T, d), for the tokens of the last
                call to ``forward`` with ``training=True``.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` has a different shape. ``grads`` are then unchanged.
        """
        raise NotImplementedError(
            "kata transformer-block: MultiHeadAttention.backward is not written yet"
        )

    def zero_grad(self) -> None:
        """Set all gradients to zero, in place."""
        raise NotImplementedError(
            "kata transformer-block: MultiHeadAttention.zero_grad is not written yet"
        )


class TransformerBlock:
    """Let tokens look at each other, then compute with each token alone; both are corrections.

    With two layer normalizations and two dense layers:

        h = x + MultiHeadAttention(LayerNorm(x))
        y = h + contract(ReLU(expand(LayerNorm(h))))

    Attributes:
        params, grads: the parameters of all parts and their gradients, as in
            ``MultiHeadAttention``. The names of the parts are "norm1", "attention", "norm2",
            "expand" and "contract", so there are "norm1.gamma", "attention.query.W", "expand.W"
            and so on, 16 arrays.

    Write d for ``d_model`` and F for ``d_ff``; "expand" maps d numbers to F, and "contract" maps
    them back to d. No method changes its arguments. Sources: A. Vaswani et al. 2017; R. Xiong et
    al. 2020, for the place of the normalization.
    """

    def __init__(
        self,
        d_model: int,
        heads: int,
        d_ff: int,
        rng: np.random.Generator,
        causal: bool = False,
    ) -> None:
        """Make the five parts.

        Args:
            d_model, heads, rng, causal: as for ``MultiHeadAttention``.
            d_ff: F. The weights of "expand" and "contract" are those of ``Dense`` with the scheme
                "he".

        Raises:
            ValueError: ``heads`` is below 1, or d cannot be divided by it.
        """
        raise NotImplementedError(
            "kata transformer-block: TransformerBlock.__init__ is not written yet"
        )

    @property
    def params(self) -> dict[str, _Floats]:
        """The parameters of all parts, by their names."""
        raise NotImplementedError(
            "kata transformer-block: TransformerBlock.params is not written yet"
        )

    @property
    def grads(self) -> dict[str, _Floats]:
        """The gradients of all parts, by the names of the parameters."""
        raise NotImplementedError(
            "kata transformer-block: TransformerBlock.grads is not written yet"
        )

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the tokens with both corrections, (B, T, d).

        Arguments and errors are as for ``MultiHeadAttention.forward``.
        """
        raise NotImplementedError(
            "kata transformer-block: TransformerBlock.forward is not written yet"
        )

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (B, T, d), and add the gradients of all parts to ``grads``.

        Arguments and errors are as for ``MultiHeadAttention.backward``.
        """
        raise NotImplementedError(
            "kata transformer-block: TransformerBlock.backward is not written yet"
        )

    def zero_grad(self) -> None:
        """Set all gradients to zero, in place."""
        raise NotImplementedError(
            "kata transformer-block: TransformerBlock.zero_grad is not written yet"
        )
