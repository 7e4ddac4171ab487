"""mse_loss returns a plain number instead of a Value.

A number does not record how it was computed. It has no backward method, so every gradient stays 0.
Return the Value; train stores its number.
"""

base = "variants/train-without-the-parts"


def mse_loss(model, xs, ys):
    if len(xs) != len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    if len(xs) == 0:
        raise ValueError("the mean over no samples is not defined")
    return _mean_squared_error(model, xs, ys).data
