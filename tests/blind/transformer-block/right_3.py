"""Right: one wide product for all three maps, a graph of closures for backward."""

import math

import numpy as np

from ..forward.softmax import softmax
from ..init.schemes import he_normal, xavier_normal
from .backward import attention_backward


def rows(a):
    return a.reshape(-1, a.shape[-1])


class Base:
    def start(self, shapes, draw):
        self.params = {n: draw(n, s) for n, s in shapes.items()}
        self.grads = {n: np.zeros(s) for n, s in shapes.items()}
        self.back = None

    def zero_grad(self):
        for g in self.grads.values():
            g -= g

    def check(self, x):
        x = np.asarray(x, dtype=float)
        if x.ndim != 3 or x.shape[-1] != self.d:
            raise ValueError("need (B, T, d)")
        return x

    def backward(self, dout):
        if self.back is None:
            raise RuntimeError("forward in training first")
        shape, function = self.back
        dout = np.asarray(dout)
        if dout.shape != shape:
            raise ValueError(f"need {shape}")
        return function(dout)

    def add(self, name, value):
        self.grads[name] += value


class MultiHeadAttention(Base):
    def __init__(self, d_model, heads, rng, causal=False):
        if heads < 1:
            raise ValueError("no heads")
        if d_model // heads * heads != d_model:
            raise ValueError("columns are left over")
        self.d, self.h, self.causal = d_model, heads, causal
        shapes = {}
        for name in ("query", "key", "value", "output"):
            shapes[name + ".W"] = (d_model, d_model)
            shapes[name + ".b"] = (d_model,)
        self.start(shapes, lambda n, s: xavier_normal(*s, rng) if n[-1] == "W" else np.zeros(s))

    def forward(self, x, training=False):
        x = self.check(x)
        p, (B, T, d), h = self.params, x.shape, self.h
        names = ("query", "key", "value")
        wide = np.concatenate([p[n + ".W"] for n in names], axis=1)
        bias = np.concatenate([p[n + ".b"] for n in names])
        q, k, v = np.transpose((x @ wide + bias).reshape(B, T, 3, h, d // h), (2, 0, 3, 1, 4))
        scores = np.einsum("bhte,bhse->bhts", q, k) * (h / d) ** 0.5
        if self.causal:
            scores = np.where(np.arange(T)[:, None] >= np.arange(T), scores, -math.inf)
        a = softmax(scores)
        found = np.transpose(np.einsum("bhts,bhse->bhte", a, v), (0, 2, 1, 3)).reshape(B, T, d)

        def back(dout):
            self.add("output.W", rows(found).T @ rows(dout))
            self.add("output.b", rows(dout).sum(axis=0))
            g = np.transpose((dout @ p["output.W"].T).reshape(B, T, h, d // h), (0, 2, 1, 3))
            dx = np.zeros((B, T, d))
            for name, part in zip(names, attention_backward(g, q, k, v, a), strict=True):
                part = np.transpose(part, (0, 2, 1, 3)).reshape(B, T, d)
                self.add(name + ".W", rows(x).T @ rows(part))
                self.add(name + ".b", rows(part).sum(axis=0))
                dx += part @ p[name + ".W"].T
            return dx

        if training:
            self.back = (x.shape, back)
        return found @ p["output.W"] + p["output.b"]


class TransformerBlock(Base):
    def __init__(self, d_model, heads, d_ff, rng, causal=False):
        self.look = MultiHeadAttention(d_model, heads, rng, causal)
        self.d = d_model
        vector = (d_model,)
        shapes = {"norm1.gamma": vector, "norm1.beta": vector}
        shapes |= {"norm2.gamma": vector, "norm2.beta": vector}
        shapes |= {"expand.W": (d_model, d_ff), "expand.b": (d_ff,)}
        shapes |= {"contract.W": (d_ff, d_model), "contract.b": vector}

        def draw(name, shape):
            if name.endswith("W"):
                return he_normal(*shape, rng)
            return np.full(shape, 1.0 if name.endswith("gamma") else 0.0)

        self.start(shapes, draw)
        for key, array in self.look.params.items():
            self.params["attention." + key] = array
            self.grads["attention." + key] = self.look.grads[key]

    def norm(self, x, name):
        p = self.params
        sd = np.sqrt(np.var(x, -1, keepdims=True) + 1e-5)
        hat = (x - np.mean(x, -1, keepdims=True)) / sd

        def back(g):
            self.add(name + ".gamma", rows(g * hat).sum(axis=0))
            self.add(name + ".beta", rows(g).sum(axis=0))
            g = g * p[name + ".gamma"]
            g = g - np.mean(g, -1, keepdims=True) - hat * np.mean(g * hat, -1, keepdims=True)
            return g / sd

        return hat * p[name + ".gamma"] + p[name + ".beta"], back

    def forward(self, x, training=False):
        x = self.check(x)
        p = self.params
        one, back1 = self.norm(x, "norm1")
        h = x + self.look.forward(one, training)
        two, back2 = self.norm(h, "norm2")
        wide = np.maximum(two @ p["expand.W"] + p["expand.b"], 0)

        def back(dout):
            self.add("contract.W", rows(wide).T @ rows(dout))
            self.add("contract.b", rows(dout).sum(axis=0))
            g = dout @ p["contract.W"].T
            g[wide == 0] = 0
            self.add("expand.W", rows(two).T @ rows(g))
            self.add("expand.b", rows(g).sum(axis=0))
            dh = dout + back2(g @ p["expand.W"].T)
            return dh + back1(self.look.backward(dh))

        if training:
            self.back = (x.shape, back)
        return h + wide @ p["contract.W"] + p["contract.b"]
