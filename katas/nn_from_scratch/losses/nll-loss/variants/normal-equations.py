"""Python loops; the line is the solution of two equations with two unknowns."""

import math

import numpy as np

from .cross_entropy import one_hot


def nll_loss(logp, y):
    logp = np.asarray(logp, dtype=float)
    labels = one_hot(y, logp.shape[1] if logp.ndim == 2 else 0).argmax(axis=1)
    if len(labels) != len(logp) or not len(labels):
        raise ValueError("labels and rows do not match")
    total = 0.0
    for row, label in zip(logp, labels, strict=True):
        if any(entry > 0 for entry in row):
            raise ValueError("a logarithm of a probability is not above 0")
        total -= float(row[label])
    return total / len(labels)


def _triples(pred, y, var):
    if np.ndim(pred) != 1 or np.shape(pred) != np.shape(y) or len(pred) == 0:
        raise ValueError("wrong shapes")
    if np.ndim(var) == 0:
        var = [var] * len(pred)
    if np.shape(var) != np.shape(pred) or any(v <= 0 for v in var):
        raise ValueError("wrong variances")
    return [(float(p), float(t), float(v)) for p, t, v in zip(pred, y, var, strict=True)]


def gaussian_nll(pred, y, var):
    triples = _triples(pred, y, var)
    return math.fsum(
        0.5 * (math.log(2 * math.pi) + math.log(v) + (p - t) * (p - t) / v) for p, t, v in triples
    ) / len(triples)


def gaussian_nll_grad(pred, y, var):
    triples = _triples(pred, y, var)
    dtype = np.asarray(pred).dtype
    slopes = [(p - t) / v / len(triples) for p, t, v in triples]
    return np.array(slopes, dtype=dtype if dtype.kind == "f" else float)


def fit_line(x, y, var=1.0):
    triples = _triples(x, y, var)
    if len({p for p, _, _ in triples}) < 2:
        raise ValueError("no line")
    s = sum(1 / v for _, _, v in triples)
    sx = sum(p / v for p, _, v in triples)
    sy = sum(t / v for _, t, v in triples)
    sxx = sum(p * p / v for p, _, v in triples)
    sxy = sum(p * t / v for p, t, v in triples)
    det = s * sxx - sx * sx
    return (s * sxy - sx * sy) / det, (sxx * sy - sx * sxy) / det
