"""Gradient descent: a mean of terms that are scaled one by one, and a generator of losses."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from operator import add

from ..autograd.value import Value


def mse_loss(
    model: Callable[[Sequence[float | Value]], Value | list[Value]],
    xs: Sequence[Sequence[float]],
    ys: Sequence[float],
) -> Value:
    try:
        pairs = list(zip(xs, ys, strict=True))
    except ValueError as error:
        raise ValueError("xs and ys differ in length") from error
    if not pairs:
        raise ValueError("no samples")

    def term(x: Sequence[float], y: float) -> Value:
        out = model(x)
        if not isinstance(out, Value):
            raise ValueError(f"the model must give one Value a sample, not {type(out).__name__}")
        return (out - y) ** 2 / len(pairs)

    return reduce(add, (term(x, y) for x, y in pairs))


def zero_grad(params: Iterable[Value]) -> None:
    for p in params:
        setattr(p, "grad", 0.0)  # noqa: B010


def sgd_step(params: Iterable[Value], lr: float) -> None:
    moves = [(p, lr * p.grad) for p in params]
    for p, move in moves:
        p.data = p.data - move


def _descend(model, xs, ys, steps: int, lr: float) -> Iterator[float]:
    for _ in range(steps):
        loss = mse_loss(model, xs, ys)
        params = model.parameters()
        zero_grad(params)
        loss.backward()
        sgd_step(params, lr)
        yield loss.data


def train(model, xs, ys, steps: int, lr: float) -> list[float]:
    return list(_descend(model, xs, ys, steps, lr))
