"""Wrong: the mask shows what comes later."""

import numpy as np

from ..layers.activation import ReLU
from ..layers.dense import Dense
from .attention import attention
from .backward import attention_backward
from .layernorm import LayerNorm


def join(named_layers, which):
    result = {}
    for prefix, layer in named_layers:
        for key, value in getattr(layer, which).items():
            result[prefix + "." + key] = value
    return result


class MultiHeadAttention:
    def __init__(self, d_model, heads, rng, causal=False):
        if heads < 1 or d_model % heads != 0:
            raise ValueError("d_model must be a multiple of heads")
        self.d_model = d_model
        self.heads = heads
        self.causal = causal
        self.query = Dense(d_model, d_model, rng, init="xavier")
        self.key = Dense(d_model, d_model, rng, init="xavier")
        self.value = Dense(d_model, d_model, rng, init="xavier")
        self.output = Dense(d_model, d_model, rng, init="xavier")
        self.cache = None

    def _layers(self):
        return [
            ("query", self.query),
            ("key", self.key),
            ("value", self.value),
            ("output", self.output),
        ]

    @property
    def params(self):
        return join(self._layers(), "params")

    @property
    def grads(self):
        return join(self._layers(), "grads")

    def zero_grad(self):
        for _, layer in self._layers():
            layer.zero_grad()

    def split(self, a):
        # (B, T, d) -> (B, H, T, dk)
        return np.stack(np.split(a, self.heads, axis=2), axis=1)

    def merge(self, a):
        # (B, H, T, dk) -> (B, T, d)
        return np.concatenate([a[:, h] for h in range(self.heads)], axis=2)

    def forward(self, x, training=False):
        x = np.asarray(x).astype(float)
        if x.ndim != 3 or x.shape[2] != self.d_model:
            raise ValueError("expected (B, T, d_model)")
        B, T, d = x.shape
        x2 = x.reshape(B * T, d)
        q = self.split(self.query.forward(x2, training).reshape(B, T, d))
        k = self.split(self.key.forward(x2, training).reshape(B, T, d))
        v = self.split(self.value.forward(x2, training).reshape(B, T, d))
        mask = None
        if self.causal:
            mask = ~np.tri(T, k=-1, dtype=bool)
        z, a = attention(q, k, v, mask)
        y = self.output.forward(self.merge(z).reshape(B * T, d), training)
        if training:
            self.cache = (q, k, v, a)
        return y.reshape(B, T, d)

    def backward(self, dout):
        if self.cache is None:
            raise RuntimeError("no forward with training=True")
        q, k, v, a = self.cache
        B, H, T, dk = q.shape
        dout = np.asarray(dout, dtype=float)
        if dout.shape != (B, T, self.d_model):
            raise ValueError("dout has the wrong shape")
        d = self.d_model
        dz = self.output.backward(dout.reshape(B * T, d)).reshape(B, T, d)
        dq, dk_, dv = attention_backward(self.split(dz), q, k, v, a)
        dx = self.query.backward(self.merge(dq).reshape(B * T, d))
        dx = dx + self.key.backward(self.merge(dk_).reshape(B * T, d))
        dx = dx + self.value.backward(self.merge(dv).reshape(B * T, d))
        return dx.reshape(B, T, d)


class TransformerBlock:
    def __init__(self, d_model, heads, d_ff, rng, causal=False):
        self.d_model = d_model
        self.attention = MultiHeadAttention(d_model, heads, rng, causal=causal)
        self.norm1 = LayerNorm(d_model)
        self.norm2 = LayerNorm(d_model)
        self.expand = Dense(d_model, d_ff, rng, init="he")
        self.contract = Dense(d_ff, d_model, rng, init="he")
        self.relu = ReLU()
        self.cache = None

    def _layers(self):
        names = ["norm1", "attention", "norm2", "expand", "contract"]
        return [(name, getattr(self, name)) for name in names]

    @property
    def params(self):
        return join(self._layers(), "params")

    @property
    def grads(self):
        return join(self._layers(), "grads")

    def zero_grad(self):
        for _, layer in self._layers():
            layer.zero_grad()

    def forward(self, x, training=False):
        x = np.asarray(x).astype(float)
        if x.ndim != 3 or x.shape[2] != self.d_model:
            raise ValueError("expected (B, T, d_model)")
        B, T, d = x.shape
        h = x + self.attention.forward(self.norm1.forward(x, training), training)
        n = self.norm2.forward(h, training)
        f = self.expand.forward(n.reshape(B * T, d), training)
        f = self.relu.forward(f, training)
        f = self.contract.forward(f, training)
        if training:
            self.cache = (B, T, d)
        return h + f.reshape(B, T, d)

    def backward(self, dout):
        if self.cache is None:
            raise RuntimeError("no forward with training=True")
        dout = np.asarray(dout, dtype=float)
        if dout.shape != self.cache:
            raise ValueError("dout has the wrong shape")
        B, T, d = self.cache
        g = self.contract.backward(dout.reshape(B * T, d))
        g = self.relu.backward(g)
        g = self.expand.backward(g)
        dh = dout + self.norm2.backward(g.reshape(B, T, d))
        return dh + self.norm1.backward(self.attention.backward(dh))
