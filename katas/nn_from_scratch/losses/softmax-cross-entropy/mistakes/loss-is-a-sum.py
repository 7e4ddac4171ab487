"""softmax_cross_entropy adds up the costs of the samples.

For three samples and ten equal logits it gives 3 log 10 = 6.908 instead of log 10 = 2.303. Take the
mean over the samples.
"""

base = "variants/by-hand"


def softmax_cross_entropy(z, y):
    z, Y = _logits_and_targets(z, y)
    return float(-(Y * _log_p(z)).sum())
