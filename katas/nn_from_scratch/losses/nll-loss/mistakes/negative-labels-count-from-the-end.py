"""Labels below 0 are used as an index, so -1 means the last class.

A label of -1 is a mistake by the caller, and the loss looks right. Test both limits of the labels.
"""

base = "variants/lstsq"


def _rows(logp, y):
    logp, y = np.asarray(logp), np.asarray(y)
    if logp.ndim != 2 or y.shape != logp.shape[:1] or len(y) == 0:
        raise ValueError("logp and y do not match")
    if (logp > 0).any():
        raise ValueError("these are not logarithms of probabilities")
    if y.dtype.kind not in "iu" or y.max() >= logp.shape[1]:
        raise ValueError("labels are integers from 0 to C - 1")
    return logp, y
