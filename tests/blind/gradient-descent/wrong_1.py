"""Wrong: train stops early once the loss is small, so it makes and returns fewer than ``steps``."""

from ..autograd.value import Value


def mse_loss(model, xs, ys) -> Value:
    if len(xs) == 0 or len(xs) != len(ys):
        raise ValueError("need as many targets as samples, and at least one")
    total = Value(0.0)
    for x, y in zip(xs, ys, strict=True):
        out = model(x)
        if isinstance(out, list):
            raise ValueError("the model must have a single output")
        total = total + (out - y) ** 2
    return total / len(xs)


def zero_grad(params) -> None:
    for p in params:
        p.grad = 0.0


def sgd_step(params, lr: float) -> None:
    for p in params:
        p.data -= lr * p.grad


def train(model, xs, ys, steps: int, lr: float) -> list[float]:
    params = model.parameters()
    losses = []
    for _ in range(steps):
        loss = mse_loss(model, xs, ys)
        losses.append(loss.data)
        if loss.data < 1e-3:
            break  # learnt
        zero_grad(params)
        loss.backward()
        sgd_step(params, lr)
    return losses
