"""train measures once more at the end, so that there is one loss more than there were steps.

A program that draws the losses over the steps then has two lists of different lengths, 501 and
500. Each step has one loss, that from before its update; whoever wants the last one asks mse_loss.
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
    losses.append(_mean_squared_error(model, xs, ys).data)
    return losses


def _mean_squared_error(model, xs, ys):
    total = Value(0.0)
    for x, y in zip(xs, ys, strict=True):
        output = model(x)
        if isinstance(output, list):
            raise ValueError(f"expected one output for each sample, got {len(output)}")
        total = total + (output - y) ** 2
    return total / len(xs)
