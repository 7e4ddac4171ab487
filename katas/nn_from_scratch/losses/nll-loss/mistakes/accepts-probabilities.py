"""nll_loss accepts entries above 0.

No logarithm of a probability is above 0, so such entries are probabilities that were passed by mistake.
The loss is then a number like -0.7, and it looks like a very good one. Raise a ValueError.
"""

base = "variants/lstsq"


def _rows(logp, y):
    logp, y = np.asarray(logp), np.asarray(y)
    if logp.ndim != 2 or y.shape != logp.shape[:1] or len(y) == 0:
        raise ValueError("logp and y do not match")
    if y.dtype.kind not in "iu" or y.min() < 0 or y.max() >= logp.shape[1]:
        raise ValueError("labels are integers from 0 to C - 1")
    return logp, y
