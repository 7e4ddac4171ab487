"""mse_loss computes with plain numbers and makes a Value only of the result.

The number is right, but the new Value has 0 parents: backward stops there, and the gradient of
every parameter is 0. Compute with the Values that the model returns, so that each step of the sum
is part of the graph.
"""

base = "variants/train-without-the-parts"


def mse_loss(model, xs, ys):
    if len(xs) != len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    if len(xs) == 0:
        raise ValueError("the mean over no samples is not defined")
    return Value(_mean_squared_error(model, xs, ys).data)
