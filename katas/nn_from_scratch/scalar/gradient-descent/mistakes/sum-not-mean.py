"""mse_loss adds the squared errors up and does not divide by the number of samples.

The loss, and with it every step, then grows with the data: the same four samples written down twice
make the gradient twice as long, and a learning rate that was right is suddenly too large. With
lr = 0.4 on the mean, all of twelve XOR networks learnt it when we tried; the same 0.4 on the sum is
1.6 on the mean, and seven of them did not.
"""

from ..autograd.value import Value


def mse_loss(model, xs, ys):
    if len(xs) != len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    if len(xs) == 0:
        raise ValueError("the mean over no samples is not defined")
    return _mean_squared_error(model, xs, ys) * len(xs)


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
            raise ValueError(f"expected one output for each sample, got {len(output)}")
        total = total + (output - y) ** 2
    return total / len(xs)
