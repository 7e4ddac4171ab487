"""Each head is computed alone from its columns; the block is a plain list of parts."""

import numpy as np

from ..layers.activation import ReLU
from ..layers.dense import Dense
from .attention import attention
from .backward import attention_backward
from .layernorm import LayerNorm


class MultiHeadAttention:
    def __init__(self, d_model, heads, rng, causal=False):
        if heads <= 0 or d_model % heads != 0:
            raise ValueError("heads must divide d_model")
        self.d, self.heads, self.causal = d_model, heads, causal
        self.query = Dense(d_model, d_model, rng, "xavier")
        self.key = Dense(d_model, d_model, rng, "xavier")
        self.value = Dense(d_model, d_model, rng, "xavier")
        self.output = Dense(d_model, d_model, rng, "xavier")
        self.params, self.grads = {}, {}
        for name in ("query", "key", "value", "output"):
            layer = getattr(self, name)
            for key in ("W", "b"):
                self.params[f"{name}.{key}"] = layer.params[key]
                self.grads[f"{name}.{key}"] = layer.grads[key]
        self.memory = None

    def columns(self):
        size = self.d // self.heads
        return [slice(h * size, (h + 1) * size) for h in range(self.heads)]

    def forward(self, x, training=False):
        x = np.array(x, dtype=float)
        if x.ndim != 3 or x.shape[-1] != self.d:
            raise ValueError("x must have three axes")
        b, t, d = x.shape
        flat = x.reshape(b * t, d)
        q, k, v = (
            layer.forward(flat, training).reshape(b, t, d)
            for layer in (self.query, self.key, self.value)
        )
        mask = np.arange(t) <= np.arange(t)[:, None] if self.causal else None
        found, weights = np.empty((b, t, d)), []
        for own in self.columns():
            found[..., own], A = attention(q[..., own], k[..., own], v[..., own], mask)
            weights.append(A)
        if training:
            self.memory = q, k, v, weights
        return self.output.forward(found.reshape(b * t, d), training).reshape(b, t, d)

    def backward(self, dout):
        if self.memory is None:
            raise RuntimeError("no training forward yet")
        q, k, v, weights = self.memory
        dout = np.asarray(dout)
        if dout.shape != q.shape:
            raise ValueError("another shape")
        b, t, d = q.shape
        g = self.output.backward(dout.reshape(b * t, d)).reshape(b, t, d)
        dq, dk, dv = np.empty((3, b, t, d))
        for own, A in zip(self.columns(), weights, strict=True):
            dq[..., own], dk[..., own], dv[..., own] = attention_backward(
                g[..., own], q[..., own], k[..., own], v[..., own], A
            )
        dx = self.value.backward(dv.reshape(b * t, d))
        dx = dx + self.key.backward(dk.reshape(b * t, d))
        dx = dx + self.query.backward(dq.reshape(b * t, d))
        return dx.reshape(b, t, d)

    def zero_grad(self):
        for array in self.grads.values():
            array.fill(0)


class TransformerBlock:
    def __init__(self, d_model, heads, d_ff, rng, causal=False):
        self.d = d_model
        self.parts = {
            "norm1": LayerNorm(d_model),
            "attention": MultiHeadAttention(d_model, heads, rng, causal=causal),
            "norm2": LayerNorm(d_model),
            "expand": Dense(d_model, d_ff, rng, "he"),
            "contract": Dense(d_ff, d_model, rng, "he"),
        }
        self.relu = ReLU()
        self.params, self.grads = {}, {}
        for name, part in self.parts.items():
            for key in part.params:
                self.params[name + "." + key] = part.params[key]
                self.grads[name + "." + key] = part.grads[key]
        self.shape = None

    def forward(self, x, training=False):
        norm1, look, norm2, expand, contract = self.parts.values()
        x = np.asarray(x)
        if x.ndim != 3 or x.shape[-1] != self.d:
            raise ValueError("x must have three axes")
        h = x + look.forward(norm1.forward(x, training), training)
        wide = expand.forward(norm2.forward(h, training).reshape(-1, self.d), training)
        small = contract.forward(self.relu.forward(wide, training), training)
        if training:
            self.shape = x.shape
        return h + small.reshape(x.shape)

    def backward(self, dout):
        norm1, look, norm2, expand, contract = self.parts.values()
        if self.shape is None:
            raise RuntimeError("no training forward yet")
        dout = np.asarray(dout)
        if dout.shape != self.shape:
            raise ValueError("another shape")
        g = expand.backward(self.relu.backward(contract.backward(dout.reshape(-1, self.d))))
        dh = norm2.backward(g.reshape(self.shape)) + dout
        return norm1.backward(look.backward(dh)) + dh

    def zero_grad(self):
        for part in self.parts.values():
            part.zero_grad()
