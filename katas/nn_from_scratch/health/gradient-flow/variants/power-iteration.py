"""jacobian_norm by power iteration; layer_stats on the same two sweeps."""

import numpy as np

from ..layers.activation import Activation


class _Net:
    def __init__(self, Ws, act, X):
        self.Ws = [np.array(W, dtype=np.float64) for W in Ws]
        if len(self.Ws) == 0:
            raise ValueError("no layers")
        self.hs, self.slopes = [np.array(X, dtype=np.float64)], []
        if self.hs[0].ndim != 2:
            raise ValueError("X must have two axes")
        for W in self.Ws:
            if W.ndim != 2 or len(W) != self.hs[-1].shape[1]:
                raise ValueError("W does not match")
            f = Activation(act)
            self.hs.append(f.forward(self.hs[-1] @ W, training=True))
            self.slopes.append(f.backward(np.ones_like(self.hs[-1])))

    def deltas(self, gradient):
        found = []
        for W, slope in zip(reversed(self.Ws), reversed(self.slopes), strict=True):
            found.append(gradient * slope)
            gradient = found[-1] @ W.T
        return found[::-1], gradient

    def push(self, change):
        for W, slope in zip(self.Ws, self.slopes, strict=True):
            change = (change @ W) * slope
        return change


def layer_stats(Ws, act, X, cotangent):
    net = _Net(Ws, act, X)
    if np.shape(cotangent) != net.hs[-1].shape or np.shape(cotangent)[0] == 0:
        raise ValueError("cotangent")
    deltas, _ = net.deltas(np.asarray(cotangent, dtype=np.float64))
    stds, sizes, dWs = [], [], []
    for number, delta in enumerate(deltas):
        stds.append(net.hs[number + 1].std())
        sizes.append(np.linalg.norm(delta, "fro"))
        dWs.append(np.linalg.norm(net.hs[number].T @ delta, "fro"))
    return {"act_std": np.array(stds), "delta_norm": np.array(sizes), "dW_norm": np.array(dWs)}


def jacobian_norm(Ws, act, x):
    if np.ndim(x) != 1:
        raise ValueError("x must be one sample")
    net = _Net(Ws, act, np.asarray(x)[None, :])
    change = np.random.default_rng(0).normal(size=(1, len(x)))
    before = 0.0
    for step in range(400):
        length = np.linalg.norm(change)
        if length == 0:
            return 0.0
        change = change / length
        moved = net.push(change)
        norm = float(np.linalg.norm(moved))
        if step > 20 and abs(norm - before) < 1e-6 * norm:
            break
        before = norm
        _, change = net.deltas(moved)
    return norm
