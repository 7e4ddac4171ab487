"""Attention with several heads, and the block that language models are stacked of.

Both classes have the methods and attributes of every layer: ``forward``, ``backward``,
``zero_grad``, ``params`` and ``grads``.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..layers.activation import ReLU
from ..layers.dense import Dense
from .attention import attention
from .backward import attention_backward
from .layernorm import LayerNorm

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
        if heads < 1 or d_model % heads:
            raise ValueError(f"{d_model} features cannot be divided among {heads} heads")
        self._maps = {
            name: Dense(d_model, d_model, rng, init="xavier")
            for name in ("query", "key", "value", "output")
        }
        self._d_model = d_model
        self._heads = heads
        self._causal = causal
        self._seen: tuple[_Floats, _Floats, _Floats, _Floats] | None = None
        self._shape: tuple[int, ...]

    @property
    def params(self) -> dict[str, _Floats]:
        """The parameters of the four maps, by their names."""
        return _named({name: layer.params for name, layer in self._maps.items()})

    @property
    def grads(self) -> dict[str, _Floats]:
        """The gradients of the four maps, by the names of the parameters."""
        return _named({name: layer.grads for name, layer in self._maps.items()})

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
        tokens = _tokens(x, self._d_model)
        batch, time, _ = tokens.shape
        rows = _rows(tokens)
        Q, K, V = (
            self._split(self._maps[name].forward(rows, training), batch, time)
            for name in ("query", "key", "value")
        )
        mask = np.tril(np.ones((time, time), dtype=bool)) if self._causal else None
        collected, A = attention(Q, K, V, mask)
        if training:
            self._seen, self._shape = (Q, K, V, A), tokens.shape
        output = self._maps["output"].forward(self._merge(collected), training)
        return output.reshape(tokens.shape)

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
        if self._seen is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        _require_shape(upstream, self._shape)
        batch, time, _ = self._shape
        d_merged = self._maps["output"].backward(_rows(upstream))
        gradients = attention_backward(self._split(d_merged, batch, time), *self._seen)
        d_rows = sum(
            self._maps[name].backward(self._merge(gradient))
            for name, gradient in zip(("query", "key", "value"), gradients, strict=True)
        )
        return np.asarray(d_rows).reshape(upstream.shape)

    def zero_grad(self) -> None:
        """Set all gradients to zero, in place."""
        for layer in self._maps.values():
            layer.zero_grad()

    def _split(self, rows: _Floats, batch: int, time: int) -> _Floats:
        """Divide rows (B T, d) among the heads: (B, H, T, d/H)."""
        dk = self._d_model // self._heads
        return rows.reshape(batch, time, self._heads, dk).transpose(0, 2, 1, 3)

    def _merge(self, parts: _Floats) -> _Floats:
        """Put the parts (B, H, T, d/H) of the heads side by side: (B T, d)."""
        batch, _, time, _ = parts.shape
        return parts.transpose(0, 2, 1, 3).reshape(batch * time, self._d_model)


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
        self._norm1 = LayerNorm(d_model)
        self._attention = MultiHeadAttention(d_model, heads, rng, causal)
        self._norm2 = LayerNorm(d_model)
        self._expand = Dense(d_model, d_ff, rng)
        self._relu = ReLU()
        self._contract = Dense(d_ff, d_model, rng)
        self._parts: dict[str, Any] = {
            "norm1": self._norm1,
            "attention": self._attention,
            "norm2": self._norm2,
            "expand": self._expand,
            "contract": self._contract,
        }
        self._d_model = d_model
        self._shape: tuple[int, ...] | None = None

    @property
    def params(self) -> dict[str, _Floats]:
        """The parameters of all parts, by their names."""
        return _named({name: part.params for name, part in self._parts.items()})

    @property
    def grads(self) -> dict[str, _Floats]:
        """The gradients of all parts, by the names of the parameters."""
        return _named({name: part.grads for name, part in self._parts.items()})

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the tokens with both corrections, (B, T, d).

        Arguments and errors are as for ``MultiHeadAttention.forward``.
        """
        tokens = _tokens(x, self._d_model)
        looked = self._attention.forward(self._norm1.forward(tokens, training), training)
        between = tokens + looked
        rows = _rows(self._norm2.forward(between, training))
        wide = self._relu.forward(self._expand.forward(rows, training), training)
        computed = self._contract.forward(wide, training)
        if training:
            self._shape = tokens.shape
        result: _Floats = between + computed.reshape(tokens.shape)
        return result

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (B, T, d), and add the gradients of all parts to ``grads``.

        Arguments and errors are as for ``MultiHeadAttention.backward``.
        """
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        _require_shape(upstream, self._shape)
        d_wide = self._contract.backward(_rows(upstream))
        d_rows = self._expand.backward(self._relu.backward(d_wide))
        d_between = upstream + self._norm2.backward(d_rows.reshape(self._shape))
        result: _Floats = d_between + self._norm1.backward(self._attention.backward(d_between))
        return result

    def zero_grad(self) -> None:
        """Set all gradients to zero, in place."""
        for part in self._parts.values():
            part.zero_grad()


def _tokens(x: ArrayLike, d_model: int) -> _Floats:
    tokens = np.asarray(x, dtype=np.float64)
    if tokens.ndim != 3 or tokens.shape[2] != d_model:
        raise ValueError(f"x must be (B, T, {d_model}), got shape {tokens.shape}")
    return tokens


def _rows(tokens: _Floats) -> _Floats:
    """Return (B, T, d) as (B T, d), for the dense layers."""
    return tokens.reshape(-1, tokens.shape[2])


def _require_shape(dout: NDArray[Any], shape: tuple[int, ...]) -> None:
    if dout.shape != shape:
        raise ValueError(f"dout must have the shape {shape}, got {dout.shape}")


def _named(parts: Mapping[str, Mapping[str, _Floats]]) -> dict[str, _Floats]:
    """Put the arrays of all parts into one dict, with the names of the parts before theirs."""
    return {
        f"{part}.{key}": array for part, arrays in parts.items() for key, array in arrays.items()
    }
