"""mse_loss divides by zero when there are no samples.

The mean over 0 samples is 0/0, and Python raises a ZeroDivisionError from inside the computation.
The stub asks for a ValueError that says that there are no samples. Check the length first.
"""

base = "variants/train-without-the-parts"


def mse_loss(model, xs, ys):
    if len(xs) != len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    return _mean_squared_error(model, xs, ys)
