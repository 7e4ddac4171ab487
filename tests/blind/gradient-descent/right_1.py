"""Gradient descent, short: comprehensions, everything cleared right before backward."""

from collections.abc import Callable, Iterable, Sequence

from ..autograd.value import Value


def mse_loss(
    model: Callable[[Sequence[float | Value]], Value | list[Value]],
    xs: Sequence[Sequence[float]],
    ys: Sequence[float],
) -> Value:
    if len(xs) == 0:
        raise ValueError("no samples to take a mean over")
    if len(xs) != len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    answers = [model(x) for x in xs]
    if any(isinstance(answer, list) for answer in answers):
        raise ValueError("the model has several outputs")
    return sum((a - y) ** 2 for a, y in zip(answers, ys, strict=True)) / len(answers)


def zero_grad(params: Iterable[Value]) -> None:
    for p in params:
        p.grad = 0.0


def sgd_step(params: Iterable[Value], lr: float) -> None:
    for p in params:
        p.data -= lr * p.grad


def train(model, xs, ys, steps: int, lr: float) -> list[float]:
    losses = []
    for _ in range(steps):
        loss = mse_loss(model, xs, ys)
        zero_grad(model.parameters())
        loss.backward()
        sgd_step(model.parameters(), lr)
        losses.append(loss.data)
    return losses
