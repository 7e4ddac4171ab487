"""mse_loss refuses too few targets but accepts too many.

With 3 samples and 4 targets, zip ignores the last target, and each target after a lost sample
belongs to the wrong one. Compare the two lengths for being different, and raise ValueError.
"""

base = "variants/train-without-the-parts"


def mse_loss(model, xs, ys):
    if len(xs) > len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    if len(xs) == 0:
        raise ValueError("the mean over no samples is not defined")
    return _mean_squared_error(model, xs, ys[: len(xs)])
