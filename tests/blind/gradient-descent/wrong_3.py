"""Wrong: sgd_step clears the gradients once it has used them, which it promises not to touch."""

from ..autograd.value import Value


def mse_loss(model, xs, ys) -> Value:
    n = len(xs)
    if n == 0:
        raise ValueError("no samples")
    if n != len(ys):
        raise ValueError("different lengths")
    squares = []
    for i in range(n):
        prediction = model(xs[i])
        if isinstance(prediction, list):
            raise ValueError("more than one output")
        diff = prediction - ys[i]
        squares.append(diff * diff)
    return sum(squares) / n


def zero_grad(params) -> None:
    for p in params:
        p.grad = 0.0


def sgd_step(params, lr: float) -> None:
    for p in params:
        p.data -= lr * p.grad
        p.grad = 0.0


def train(model, xs, ys, steps: int, lr: float) -> list[float]:
    params = model.parameters()
    zero_grad(params)
    losses = []
    for _ in range(steps):
        loss = mse_loss(model, xs, ys)
        loss.backward()
        losses.append(loss.data)
        sgd_step(params, lr)
    return losses
