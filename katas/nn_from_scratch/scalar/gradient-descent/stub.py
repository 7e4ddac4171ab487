"""Gradient descent: walk the parameters downhill until the network answers as it should."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from ..autograd.value import Value


class _Model(Protocol):
    def __call__(self, x: Sequence[float | Value], /) -> Value | list[Value]: ...

    def parameters(self) -> list[Value]: ...


def mse_loss(
    model: Callable[[Sequence[float | Value]], Value | list[Value]],
    xs: Sequence[Sequence[float]],
    ys: Sequence[float],
) -> Value:
    """Return the mean squared error ``(1/N) Σ (model(x) - y)²`` over all samples, as a Value.

    Args:
        model: gives one Value for each sample.
        xs: N samples, each a sequence of numbers.
        ys: N targets, each a number.

    Raises:
        ValueError: there are no samples, xs and ys differ in length, or the model has more than
            one output.
    """
    raise NotImplementedError("kata gradient-descent: mse_loss is yours to write")


def zero_grad(params: Iterable[Value]) -> None:
    """Set the gradient of every parameter to 0.0, since leaves add up what they are handed."""
    raise NotImplementedError("kata gradient-descent: zero_grad is yours to write")


def sgd_step(params: Iterable[Value], lr: float) -> None:
    """Move every parameter against its gradient: θ ← θ - lr · dL/dθ.

    Args:
        params: the Values themselves; their ``data`` is changed in place, their ``grad`` is not.
        lr: the learning rate.
    """
    raise NotImplementedError("kata gradient-descent: sgd_step is yours to write")


def train(
    model: _Model,
    xs: Sequence[Sequence[float]],
    ys: Sequence[float],
    steps: int,
    lr: float,
) -> list[float]:
    """Train the model in place on all samples at once, ``steps`` times over.

    Every step takes the gradient of ``mse_loss`` at the parameters as they are then, owing nothing
    to the steps before.

    Args:
        model: callable on a sample, with a method ``parameters()``.
        xs, ys: samples and targets, as for ``mse_loss``.
        steps: how many updates to make.
        lr: the learning rate.

    Returns:
        ``steps`` losses as floats, each measured before the update of its step.
    """
    raise NotImplementedError("kata gradient-descent: train is yours to write")
