"""Gradient descent in plain loops; clears before the loss is built."""

from collections.abc import Callable, Iterable, Sequence

from ..autograd.value import Value


def _single(answer: Value | list[Value]) -> Value:
    """Return the one output; a list of exactly one, as a Layer gives it, is one output too."""
    if isinstance(answer, Value):
        return answer
    if len(answer) != 1:
        raise ValueError(f"one output is needed, the model has {len(answer)}")
    return answer[0]


def mse_loss(
    model: Callable[[Sequence[float | Value]], Value | list[Value]],
    xs: Sequence[Sequence[float]],
    ys: Sequence[float],
) -> Value:
    n = len(xs)
    if n == 0 or n != len(ys):
        raise ValueError(f"need as many targets as samples, and at least one: {n}, {len(ys)}")
    total = Value(0.0)
    for i in range(n):
        error = _single(model(xs[i])) - ys[i]
        total = total + error * error
    return total * (1.0 / n)


def zero_grad(params: Iterable[Value]) -> None:
    for param in params:
        param.grad = 0.0


def sgd_step(params: Iterable[Value], lr: float) -> None:
    for param in params:
        param.data = float(param.data - lr * param.grad)


def train(model, xs, ys, steps: int, lr: float) -> list[float]:
    params = list(model.parameters())
    losses: list[float] = []
    step = 0
    while step < steps:
        zero_grad(params)
        loss = mse_loss(model, xs, ys)
        losses.append(loss.data)
        loss.backward()
        sgd_step(params, lr)
        step += 1
    return losses
