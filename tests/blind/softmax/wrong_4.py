"""Wrong: the result array takes its dtype from z, so whole-number logits give whole numbers."""

import numpy as np


def _lines(z, axis):
    return np.moveaxis(z, axis, -1)


@np.errstate(over="ignore")
def softmax(z, axis=-1):
    z = np.asarray(z)
    probs = np.zeros_like(z)
    rows, out = _lines(z, axis), _lines(probs, axis)
    for i in np.ndindex(rows.shape[:-1]):
        e = np.exp(rows[i] - rows[i].max())
        out[i] = e / e.sum()
    return probs


@np.errstate(over="ignore")
def logsumexp(z, axis=-1, keepdims=False):
    z = np.asarray(z)
    z = z if z.dtype.kind == "f" else z.astype(float)
    m = z.max(axis=axis, keepdims=True)
    out = m + np.log(np.exp(z - m).sum(axis=axis, keepdims=True))
    return out if keepdims else np.asarray(out.squeeze(axis=axis))


@np.errstate(over="ignore")
def log_softmax(z, axis=-1):
    z = np.asarray(z)
    z = z if z.dtype.kind == "f" else z.astype(float)
    z = z - z.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))
