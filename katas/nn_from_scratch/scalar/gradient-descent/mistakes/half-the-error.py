"""mse_loss returns half of the mean squared error.

Some books put a 1/2 in front so that it cancels the 2 of the derivative. Here the loss is the
plain mean: an error of 1 on every sample should give 1.0 and gives 0.5, and every step is half as
long. Drop the factor.
"""

base = "variants/train-without-the-parts"


def mse_loss(model, xs, ys):
    if len(xs) != len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    if len(xs) == 0:
        raise ValueError("the mean over no samples is not defined")
    return _mean_squared_error(model, xs, ys) * 0.5
