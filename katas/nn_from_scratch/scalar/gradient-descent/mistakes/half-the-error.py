"""mse_loss returns half of the mean squared error.

Some books put a 1/2 in front so that it cancels the 2 of the derivative. Here the loss is the
plain mean: an error of 1 on every sample should give 1.0 and gives 0.5, and every step is half as
long. Drop the factor.
"""

from ..autograd.value import Value


def mse_loss(model, xs, ys):
    if len(xs) != len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    if len(xs) == 0:
        raise ValueError("the mean over no samples is not defined")
    return _mean_squared_error(model, xs, ys) * 0.5


def zero_grad(params):
    for p in params:
        p.grad = 0.0


def sgd_step(params, lr):
    for p in params:
        p.data -= lr * p.grad


def train(model, xs, ys, steps, lr):
    losses = []
    for _ in range(steps):
        loss = _mean_squared_error(model, xs, ys)
        losses.append(loss.data)
        for p in model.parameters():
            p.grad = 0.0
        loss.backward()
        for p in model.parameters():
            p.data -= lr * p.grad
    return losses


def _mean_squared_error(model, xs, ys):
    total = Value(0.0)
    for x, y in zip(xs, ys, strict=True):
        output = model(x)
        if isinstance(output, list):
            raise ValueError(f"expected one output per sample, got {len(output)}")
        total = total + (output - y) ** 2
    return total / len(xs)
