"""Own arrays instead of layers: every step is an einsum, and backward derives each by hand."""

import math

import numpy as np

from ..init.schemes import he_normal, xavier_normal


class _Named:
    def zero_grad(self):
        for g in self.grads.values():
            g[...] = 0.0

    def _remembered(self, dout):
        if self.memory is None:
            raise RuntimeError("nothing remembered")
        dout = np.asarray(dout, dtype=float)
        if dout.shape != self.memory["x"].shape:
            raise ValueError("dout has the wrong shape")
        return dout

    def _tokens(self, x):
        x = np.asarray(x, dtype=float)
        if x.ndim != 3 or x.shape[2] != self.d:
            raise ValueError("x has the wrong shape")
        return x


class MultiHeadAttention(_Named):
    def __init__(self, d_model, heads, rng, causal=False):
        if heads < 1 or d_model % heads > 0:
            raise ValueError("heads")
        self.d, self.h, self.causal, self.memory = d_model, heads, causal, None
        self.params = {}
        for name in ("query", "key", "value", "output"):
            self.params[f"{name}.W"] = xavier_normal(d_model, d_model, rng)
            self.params[f"{name}.b"] = np.zeros(d_model)
        self.grads = {name: np.zeros(array.shape) for name, array in self.params.items()}

    def forward(self, x, training=False):
        x = self._tokens(x)
        B, T, d = x.shape
        p = self.params
        m = {"x": x.copy()}
        for letter, name in (("q", "query"), ("k", "key"), ("v", "value")):
            m[letter] = (x @ p[f"{name}.W"] + p[f"{name}.b"]).reshape(B, T, self.h, d // self.h)
        s = np.einsum("bthe,bshe->bhts", m["q"], m["k"]) / math.sqrt(d // self.h)
        if self.causal:
            s[..., np.arange(T)[:, None] < np.arange(T)] = -np.inf
        e = np.exp(s - s.max(axis=-1, keepdims=True))
        m["a"] = e / e.sum(axis=-1, keepdims=True)
        m["c"] = np.einsum("bhts,bshe->bthe", m["a"], m["v"]).reshape(B, T, d)
        if training:
            self.memory = m
        return m["c"] @ p["output.W"] + p["output.b"]

    def backward(self, dout):
        dout = self._remembered(dout)
        m, p, g = self.memory, self.params, self.grads
        B, T, d = m["x"].shape
        e = d // self.h
        g["output.W"] += np.einsum("bti,bto->io", m["c"], dout)
        g["output.b"] += dout.sum(axis=(0, 1))
        dc = (dout @ p["output.W"].T).reshape(B, T, self.h, e)
        dv = np.einsum("bhts,bthe->bshe", m["a"], dc)
        da = np.einsum("bthe,bshe->bhts", dc, m["v"])
        ds = m["a"] * (da - (m["a"] * da).sum(axis=-1, keepdims=True)) / math.sqrt(e)
        dq = np.einsum("bhts,bshe->bthe", ds, m["k"])
        dk = np.einsum("bhts,bthe->bshe", ds, m["q"])
        dx = np.zeros((B, T, d))
        for name, part in (("query", dq), ("key", dk), ("value", dv)):
            part = part.reshape(B, T, d)
            g[f"{name}.W"] += np.einsum("bti,bto->io", m["x"], part)
            g[f"{name}.b"] += part.sum(axis=(0, 1))
            dx += part @ p[f"{name}.W"].T
        return dx


class TransformerBlock(_Named):
    def __init__(self, d_model, heads, d_ff, rng, causal=False):
        self.look = MultiHeadAttention(d_model, heads, rng, causal)
        self.d, self.memory = d_model, None
        self.params = {f"attention.{n}": a for n, a in self.look.params.items()} | {
            "norm1.gamma": np.ones(d_model),
            "norm1.beta": np.zeros(d_model),
            "norm2.gamma": np.ones(d_model),
            "norm2.beta": np.zeros(d_model),
            "expand.W": he_normal(d_model, d_ff, rng),
            "expand.b": np.zeros(d_ff),
            "contract.W": he_normal(d_ff, d_model, rng),
            "contract.b": np.zeros(d_model),
        }
        self.grads = {n: np.zeros(a.shape) for n, a in self.params.items()}
        self.grads |= {f"attention.{n}": a for n, a in self.look.grads.items()}

    def _norm(self, x, name):
        root = np.sqrt(x.var(axis=2, keepdims=True) + 1e-5)
        hat = (x - x.mean(axis=2, keepdims=True)) / root
        return hat * self.params[f"{name}.gamma"] + self.params[f"{name}.beta"], hat, root

    def _norm_back(self, g, name, hat, root):
        self.grads[f"{name}.gamma"] += (g * hat).sum(axis=(0, 1))
        self.grads[f"{name}.beta"] += g.sum(axis=(0, 1))
        g = g * self.params[f"{name}.gamma"]
        along = hat * (g * hat).mean(axis=2, keepdims=True)
        return (g - g.mean(axis=2, keepdims=True) - along) / root

    def forward(self, x, training=False):
        x = self._tokens(x)
        p = self.params
        n1, *first = self._norm(x, "norm1")
        h = x + self.look.forward(n1, training)
        n2, *second = self._norm(h, "norm2")
        z = n2 @ p["expand.W"] + p["expand.b"]
        r = np.where(z > 0, z, 0.0)
        if training:
            self.memory = {"x": x, "first": first, "second": second, "n2": n2, "r": r}
        return h + r @ p["contract.W"] + p["contract.b"]

    def backward(self, dout):
        dout = self._remembered(dout)
        m, p, g = self.memory, self.params, self.grads
        g["contract.W"] += np.einsum("bti,bto->io", m["r"], dout)
        g["contract.b"] += dout.sum(axis=(0, 1))
        dz = dout @ p["contract.W"].T * (m["r"] > 0)
        g["expand.W"] += np.einsum("bti,bto->io", m["n2"], dz)
        g["expand.b"] += dz.sum(axis=(0, 1))
        dh = dout + self._norm_back(dz @ p["expand.W"].T, "norm2", *m["second"])
        return dh + self._norm_back(self.look.backward(dh), "norm1", *m["first"])
