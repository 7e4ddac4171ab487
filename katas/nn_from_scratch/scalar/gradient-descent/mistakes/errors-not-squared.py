"""mse_loss averages the absolute errors, without squaring them.

That is the mean absolute error. For errors of 3 and 1 the mean of the squares is 5, not 2. The gradient of
the absolute error has the same size however small the error is, so the steps never become shorter near the
target. Square each error.
"""

base = "variants/train-without-the-parts"


def mse_loss(model, xs, ys):
    if len(xs) != len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    if len(xs) == 0:
        raise ValueError("the mean over no samples is not defined")
    total = Value(0.0)
    for x, y in zip(xs, ys, strict=True):
        output = model(x)
        if isinstance(output, list):
            raise ValueError(f"expected one output per sample, got {len(output)}")
        total = total + (output - y if output.data >= y else y - output)
    return total / len(xs)
