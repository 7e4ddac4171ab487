"""Wrong: too many targets are not refused, only too few; zip drops the rest of them."""

from ..autograd.value import Value


def mse_loss(model, xs, ys) -> Value:
    if not len(xs):
        raise ValueError("no samples")
    if len(ys) < len(xs):
        raise ValueError("some samples have no target")
    preds = [model(x) for x in xs]
    if isinstance(preds[0], list):
        raise ValueError("the model has more than one output")
    return sum((p - y) ** 2 for p, y in zip(preds, ys, strict=False)) / len(preds)


def zero_grad(params) -> None:
    for p in params:
        p.grad = 0.0


def sgd_step(params, lr: float) -> None:
    for p in params:
        p.data += -lr * p.grad


def train(model, xs, ys, steps: int, lr: float) -> list[float]:
    history = []
    for _ in range(steps):
        zero_grad(model.parameters())
        loss = mse_loss(model, xs, ys)
        loss.backward()
        history.append(loss.data)
        sgd_step(model.parameters(), lr)
    return history
