"""Wrong: the mean of each line is subtracted, not its maximum, so widely spread logits overflow."""

import numpy as np


def _prepare(z, axis):
    z = np.asarray(z)
    if z.dtype.kind != "f":
        z = z.astype(np.float64)
    finite = np.where(np.isneginf(z), 0, z)
    count = np.isfinite(z).sum(axis=axis, keepdims=True)
    shift = (finite.sum(axis=axis, keepdims=True) / count).astype(z.dtype)
    return z - shift, shift


def softmax(z, axis=-1):
    shifted, _ = _prepare(z, axis)
    exps = np.exp(shifted)
    return exps / np.sum(exps, axis=axis, keepdims=True)


def log_softmax(z, axis=-1):
    shifted, _ = _prepare(z, axis)
    return shifted - logsumexp(shifted, axis, keepdims=True)


def logsumexp(z, axis=-1, keepdims=False):
    shifted, shift = _prepare(z, axis)
    out = np.log(np.exp(shifted).sum(axis=axis, keepdims=True)) + shift
    return out if keepdims else np.asarray(np.squeeze(out, axis=axis))
