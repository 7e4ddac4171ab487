"""mse_loss adds the squared errors and does not divide by the number of samples.

The gradient then grows with the data: the same four samples listed twice make every step twice as
long. With lr = 0.4 on the mean, twelve of twelve XOR networks learned; 0.4 on the sum is 1.6 on
the mean, and seven of them did not. Divide by the number of samples.
"""

base = "variants/train-without-the-parts"


def mse_loss(model, xs, ys):
    if len(xs) != len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    if len(xs) == 0:
        raise ValueError("the mean over no samples is not defined")
    return _mean_squared_error(model, xs, ys) * len(xs)
