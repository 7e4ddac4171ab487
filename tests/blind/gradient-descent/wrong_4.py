"""Wrong: the mean divides by the number of inputs of a sample, not by the number of samples."""

from ..autograd.value import Value


def mse_loss(model, xs, ys) -> Value:
    if len(xs) == 0 or len(xs) != len(ys):
        raise ValueError("xs and ys have to be of one length, at least 1")
    n = len(xs[0])
    loss = Value(0.0)
    for x, y in zip(xs, ys, strict=True):
        out = model(x)
        if not isinstance(out, Value):
            raise ValueError("the model has to have one output")
        loss += (out - y) ** 2
    return loss / n


def zero_grad(params) -> None:
    for p in params:
        p.grad = 0.0


def sgd_step(params, lr: float) -> None:
    for p in params:
        p.data = p.data - lr * p.grad


def train(model, xs, ys, steps: int, lr: float) -> list[float]:
    losses = []
    for _ in range(steps):
        loss = mse_loss(model, xs, ys)
        losses.append(loss.data)
        zero_grad(model.parameters())
        loss.backward()
        sgd_step(model.parameters(), lr)
    return losses
