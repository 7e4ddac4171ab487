"""The samples are copied once per output, so one way back gives the whole Jacobian."""

import numpy as np

from ..layers.activation import Activation


def _matrix(a, name):
    a = np.asarray(a, dtype="f8")
    if a.ndim != 2:
        raise ValueError(f"{name} needs two axes, got {a.shape}")
    return a


def _there_and_back(Ws, act, X, cotangent):
    if not Ws:
        raise ValueError("no layers")
    trace = []
    h = _matrix(X, "X")
    for W in Ws:
        W = _matrix(W, "W")
        if h.shape[1] != W.shape[0]:
            raise ValueError(f"{h.shape} @ {W.shape}")
        f = Activation(act)
        out = f.forward(h @ W, training=True)
        trace.append((h, W, f, out))
        h = out
    g = _matrix(cotangent, "cotangent")
    if g.shape != h.shape:
        raise ValueError(f"cotangent {g.shape}, outputs {h.shape}")
    rows = []
    for h_in, W, f, out in reversed(trace):
        delta = f.backward(g)
        rows.append((np.std(out), np.linalg.norm(delta), np.linalg.norm(h_in.T @ delta)))
        g = delta @ W.T
    return np.array(rows[::-1]), g


def layer_stats(Ws, act, X, cotangent):
    if np.shape(X)[:1] == (0,):
        raise ValueError("no samples")
    rows, _ = _there_and_back(Ws, act, X, cotangent)
    return {
        "act_std": rows[:, 0].copy(),
        "delta_norm": rows[:, 1].copy(),
        "dW_norm": rows[:, 2].copy(),
    }


def jacobian_norm(Ws, act, x):
    x = np.asarray(x)
    if x.ndim != 1 or len(Ws) == 0:
        raise ValueError("one sample and at least one layer")
    out = np.shape(Ws[-1])[-1]
    _, J = _there_and_back(Ws, act, np.tile(x, (out, 1)), np.eye(out))
    return np.linalg.norm(J, ord=2)
