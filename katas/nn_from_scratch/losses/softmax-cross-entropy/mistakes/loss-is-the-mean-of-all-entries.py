"""softmax_cross_entropy takes the mean over all N · C entries.

For ten equal logits it gives 0.230 instead of log 10 = 2.303. Add up the classes of each sample, and
take the mean over the samples only.
"""

base = "variants/by-hand"


def softmax_cross_entropy(z, y):
    z, Y = _logits_and_targets(z, y)
    return float(-(Y * _log_p(z)).mean())
