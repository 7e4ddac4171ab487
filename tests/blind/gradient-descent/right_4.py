"""Gradient descent that clears the gradients after each step, ready for the next one."""

from ..autograd.value import Value


def mse_loss(model, xs, ys) -> Value:
    if len(xs) == 0 or len(xs) != len(ys):
        raise ValueError("xs and ys must have the same length, which is not 0")
    total = 0.0
    for x, y in zip(xs, ys, strict=True):
        out = model(x)
        if isinstance(out, list):
            raise ValueError("only one output, please")
        total = total + (out - y) ** 2
    return total / len(xs)


def zero_grad(params) -> None:
    for p in params:
        p.grad = 0.0


def sgd_step(params, lr: float) -> None:
    for p in params:
        p.data -= lr * p.grad


def train(model, xs, ys, steps: int, lr: float) -> list[float]:
    losses = []
    params = model.parameters()
    for _ in range(steps):
        loss = mse_loss(model, xs, ys)
        losses.append(loss.data)
        loss.backward()
        sgd_step(params, lr)
        zero_grad(params)
    return losses
