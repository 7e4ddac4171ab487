"""Wrong: train makes an update after every sample instead of one for all samples together."""

from ..autograd.value import Value


def mse_loss(model, xs, ys) -> Value:
    if len(xs) == 0:
        raise ValueError("there are no samples")
    if len(xs) != len(ys):
        raise ValueError("xs and ys differ in length")
    errors = []
    for x, y in zip(xs, ys, strict=True):
        answer = model(x)
        if isinstance(answer, list):
            raise ValueError("the model has more than one output")
        errors.append((answer - y) ** 2)
    return sum(errors) * (1 / len(errors))


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
        losses.append(mse_loss(model, xs, ys).data)
        for x, y in zip(xs, ys, strict=True):
            loss = mse_loss(model, [x], [y])
            zero_grad(params)
            loss.backward()
            sgd_step(params, lr)
    return losses
