"""Python numbers in lists; each loss is a cost and a slope of one error."""

import math

import numpy as np


def _mean(cost, pred, y):
    pairs = _pairs(pred, y)
    return math.fsum(cost(p - t) for p, t in pairs) / len(pairs)


def _slopes(slope, pred, y):
    pairs = _pairs(pred, y)
    pred = np.asarray(pred)
    values = np.array([slope(p - t) / len(pairs) for p, t in pairs])
    return values.reshape(pred.shape).astype(pred.dtype if pred.dtype.kind == "f" else float)


def _pairs(pred, y):
    pred, y = np.asarray(pred), np.asarray(y)
    if pred.shape != y.shape or not pred.size:
        raise ValueError(f"shapes {pred.shape} and {y.shape}")
    return [(float(p), float(t)) for p, t in zip(pred.flat, y.flat, strict=True)]


def mse(pred, y):
    return _mean(lambda e: e * e, pred, y)


def mse_grad(pred, y):
    return _slopes(lambda e: 2 * e, pred, y)


def mae(pred, y):
    return _mean(abs, pred, y)


def mae_grad(pred, y):
    return _slopes(lambda e: 1 if e > 0 else -1 if e < 0 else 0.5, pred, y)


def huber(pred, y, delta=1.0):
    if not delta > 0:
        raise ValueError("delta")

    def cost(e):
        if abs(e) < delta:
            return 0.5 * e**2
        return delta * abs(e) - 0.5 * delta**2

    return _mean(cost, pred, y)


def huber_grad(pred, y, delta=1.0):
    if not delta > 0:
        raise ValueError("delta")
    return _slopes(lambda e: max(-delta, min(delta, e)), pred, y)


def smooth_l1(pred, y, beta=1.0):
    return huber(pred, y, beta) / beta


def smooth_l1_grad(pred, y, beta=1.0):
    return huber_grad(pred, y, beta) / beta
