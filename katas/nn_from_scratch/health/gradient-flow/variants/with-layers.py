"""The Jacobian is made of one backward pass per output; norms through dot products."""

import numpy as np

from ..layers import activation


def _sweep(Ws, act, X, cotangent):
    hs, fs = [X], []
    for W in Ws:
        f = activation.Activation(act)
        if W.ndim != 2 or W.shape[0] != hs[-1].shape[-1]:
            raise ValueError(f"weights {W.shape} do not match inputs {hs[-1].shape}")
        fs.append(f)
        hs.append(f.forward(np.dot(hs[-1], W), training=True))
    deltas = [None] * len(Ws)
    back = cotangent
    for k in range(len(Ws) - 1, -1, -1):
        deltas[k] = fs[k].backward(back)
        back = np.dot(deltas[k], np.transpose(Ws[k]))
    return hs, deltas, back


def _size(a):
    return np.sqrt(np.vdot(a, a))


def layer_stats(Ws, act, X, cotangent):
    Ws = [np.asarray(W, np.float64) for W in Ws]
    X, cotangent = np.asarray(X, np.float64), np.asarray(cotangent, np.float64)
    if not Ws or X.ndim != 2 or X.shape[0] == 0:
        raise ValueError("nothing to measure")
    hs, deltas, _ = _sweep(Ws, act, X, cotangent)
    result = {"act_std": [], "delta_norm": [], "dW_norm": []}
    for h_in, h_out, delta in zip(hs[:-1], hs[1:], deltas, strict=True):
        result["act_std"].append(np.sqrt(np.var(h_out)))
        result["delta_norm"].append(_size(delta))
        result["dW_norm"].append(_size(np.dot(h_in.T, delta)))
    return {name: np.array(values, dtype=np.float64) for name, values in result.items()}


def jacobian_norm(Ws, act, x):
    Ws = [np.asarray(W, np.float64) for W in Ws]
    x = np.asarray(x, np.float64)
    if not Ws or x.ndim != 1:
        raise ValueError("one sample and at least one layer are needed")
    if Ws[-1].ndim != 2:
        raise ValueError("weights must have two axes")
    outputs = Ws[-1].shape[1]
    rows = [_sweep(Ws, act, x[None], np.eye(outputs)[i : i + 1])[2][0] for i in range(outputs)]
    return float(np.linalg.norm(np.array(rows), ord=2))
