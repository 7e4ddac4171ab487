import math

import numpy as np

from ..layers import activation


class _Layer:
    def __init__(self, W, act, x):
        self.W = np.array(W, float)
        if self.W.ndim != 2 or x.ndim != 2 or x.shape[1] != len(self.W):
            raise ValueError("W or its input has the wrong shape")
        self.x = x
        self.f = activation.Activation(act)
        self.h = self.f.forward(x.dot(self.W), training=True)

    def back(self, upstream):
        self.delta = self.f.backward(upstream)
        return self.delta.dot(self.W.T)


def _build(Ws, act, X):
    layers = []
    x = np.array(X, float)
    for W in Ws:
        layers.append(_Layer(W, act, x))
        x = layers[-1].h
    if not layers or len(x) == 0:
        raise ValueError("nothing there")
    return layers


def layer_stats(Ws, act, X, cotangent):
    layers = _build(Ws, act, X)
    g = np.array(cotangent, float)
    for layer in layers[::-1]:
        g = layer.back(g)

    def size(a):
        return math.sqrt((a * a).sum())

    return {
        "act_std": np.array([math.sqrt(((n.h - n.h.mean()) ** 2).mean()) for n in layers]),
        "delta_norm": np.array([size(n.delta) for n in layers]),
        "dW_norm": np.array([size(n.x.T.dot(n.delta)) for n in layers]),
    }


def jacobian_norm(Ws, act, x):
    if np.ndim(x) != 1:
        raise ValueError("x")
    layers = _build(Ws, act, [x])
    J = None
    for layer in layers:
        slopes = layer.f.backward(np.ones_like(layer.h))[0]
        step = layer.W * slopes
        J = step if J is None else J @ step
    return math.sqrt(max(np.linalg.eigvalsh(J @ J.T).max(), 0.0))
