"""sgd_step makes new Values, and the network keeps the old ones.

Giving a name a new object inside the function changes the name only. The network holds the Values
that it was made with, and their numbers are still the same after the step: a weight of 1 with a
gradient of 4 and lr = 0.1 should read 0.6 afterwards and reads 1. Change what is inside the Value.
"""

from ..autograd.value import Value


def mse_loss(model, xs, ys):
    if len(xs) != len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    if len(xs) == 0:
        raise ValueError("the mean over no samples is not defined")
    return _mean_squared_error(model, xs, ys)


def zero_grad(params):
    for p in params:
        p.grad = 0.0


def sgd_step(params, lr):
    for p in params:
        p = Value(p.data - lr * p.grad)


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
            raise ValueError(f"expected one output for each sample, got {len(output)}")
        total = total + (output - y) ** 2
    return total / len(xs)
