"""Wrong: log_softmax does not hand its axis on to logsumexp and always adds up the last one."""

import numpy as np


def _float_array(z):
    z = np.asarray(z)
    return z.astype(z.dtype if z.dtype.kind == "f" else np.float64)


@np.errstate(over="ignore")
def softmax(z, axis=-1):
    z = _float_array(z)
    z -= z.max(axis=axis, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=axis, keepdims=True)
    return z


@np.errstate(over="ignore")
def log_softmax(z, axis=-1):
    z = _float_array(z)
    z -= z.max(axis=axis, keepdims=True)
    return z - logsumexp(z, keepdims=True)


@np.errstate(over="ignore")
def logsumexp(z, axis=-1, keepdims=False):
    z = _float_array(z)
    biggest = z.max(axis=axis, keepdims=True)
    sums = np.exp(z - biggest).sum(axis=axis, keepdims=True)
    answer = biggest + np.log(sums)
    if keepdims:
        return answer
    return np.asarray(answer.squeeze(axis=axis))
