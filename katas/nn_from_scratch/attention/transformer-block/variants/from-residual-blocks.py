"""The block is two residual blocks of the kata residual; a wrapper makes rows of tokens."""

import numpy as np

from ..layers.activation import ReLU
from ..layers.dense import Dense
from ..layers.residual import Residual
from .attention import attention
from .backward import attention_backward
from .layernorm import LayerNorm


class _Rows:
    """Layers for rows, applied to (B, T, d)."""

    def __init__(self, layers):
        self.layers = layers

    def forward(self, x, training=False):
        y = x.reshape(-1, x.shape[-1])
        for layer in self.layers.values():
            y = layer.forward(y, training=training)
        return y.reshape(*x.shape[:-1], -1) if x.size else np.zeros(x.shape)

    def backward(self, dout):
        g = dout.reshape(-1, dout.shape[-1])
        for layer in reversed(self.layers.values()):
            g = layer.backward(g)
        return g.reshape(*dout.shape[:-1], -1) if dout.size else np.zeros(dout.shape)

    @property
    def params(self):
        return {f"{n}.{k}": a for n, p in self.layers.items() for k, a in p.params.items()}

    @property
    def grads(self):
        return {f"{n}.{k}": a for n, p in self.layers.items() for k, a in p.grads.items()}

    def zero_grad(self):
        for layer in self.layers.values():
            layer.zero_grad()


class MultiHeadAttention(_Rows):
    def __init__(self, d_model, heads, rng, causal=False):
        if heads < 1:
            raise ValueError("at least one head")
        self.dk, rest = divmod(d_model, heads)
        if rest:
            raise ValueError(f"{heads} does not divide {d_model}")
        super().__init__(
            {
                name: Dense(d_model, d_model, rng, init="xavier")
                for name in ("query", "key", "value", "output")
            }
        )
        self.h = heads
        self.causal = causal
        self.seen = None

    def forward(self, x, training=False):
        x = np.asarray(x, dtype=float)
        if x.ndim != 3 or x.shape[2] != self.h * self.dk:
            raise ValueError("tokens of the wrong size")
        B, T, d = x.shape
        rows = x.reshape(B * T, d)
        split = []
        for name in ("query", "key", "value"):
            y = self.layers[name].forward(rows, training=training)
            split.append(np.moveaxis(y.reshape(B, T, self.h, self.dk), 2, 0))
        visible = None
        if self.causal:
            visible = ~np.triu(np.ones((T, T)), 1).astype(bool)
        y, A = attention(*split, visible)
        if training:
            self.seen = [*split, A]
        y = np.moveaxis(y, 0, 2).reshape(B * T, d)
        return self.layers["output"].forward(y, training=training).reshape(B, T, d)

    def backward(self, dout):
        if self.seen is None:
            raise RuntimeError("call forward(x, training=True) first")
        _, B, T, _ = self.seen[0].shape
        d = self.h * self.dk
        dout = np.asarray(dout)
        if dout.shape != (B, T, d):
            raise ValueError("dout")
        g = self.layers["output"].backward(dout.reshape(B * T, d))
        g = np.moveaxis(g.reshape(B, T, self.h, self.dk), 2, 0)
        dx = np.zeros((B * T, d))
        for name, part in zip(self.layers, attention_backward(g, *self.seen), strict=False):
            dx += self.layers[name].backward(np.moveaxis(part, 0, 2).reshape(B * T, d))
        return dx.reshape(B, T, d)


class TransformerBlock:
    def __init__(self, d_model, heads, d_ff, rng, causal=False):
        look = MultiHeadAttention(d_model, heads, rng, causal)
        think = {
            "expand": Dense(d_model, d_ff, rng),
            "relu": ReLU(),
            "contract": Dense(d_ff, d_model, rng),
        }
        self.d = d_model
        self.first = Residual([LayerNorm(d_model), look])
        self.second = Residual([LayerNorm(d_model), _Rows(think)])

    def _rename(self, first, second):
        names = {}
        for key, array in first.items():
            number, rest = key.split(".", 1)
            names[f"{'norm1' if number == '0' else 'attention'}.{rest}"] = array
        for key, array in second.items():
            number, rest = key.split(".", 1)
            names[f"norm2.{rest}" if number == "0" else rest] = array
        return names

    @property
    def params(self):
        return self._rename(self.first.params, self.second.params)

    @property
    def grads(self):
        return self._rename(self.first.grads, self.second.grads)

    def forward(self, x, training=False):
        x = np.asarray(x, dtype=float)
        if x.ndim != 3 or x.shape[2] != self.d:
            raise ValueError("x must be (B, T, d)")
        return self.second.forward(self.first.forward(x, training=training), training=training)

    def backward(self, dout):
        return self.first.backward(self.second.backward(dout))

    def zero_grad(self):
        self.first.zero_grad()
        self.second.zero_grad()
