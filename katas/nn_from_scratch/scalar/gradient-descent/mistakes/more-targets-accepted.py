"""mse_loss rejects too few targets but accepts too many.

With 3 samples and 4 targets, zip ignores the last target. If a sample was lost, each later target
is paired with the wrong sample. Raise ValueError whenever the two lengths differ.
"""

base = "variants/train-without-the-parts"


def mse_loss(model, xs, ys):
    if len(xs) > len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    if len(xs) == 0:
        raise ValueError("the mean over no samples is not defined")
    return _mean_squared_error(model, xs, ys[: len(xs)])
