"""Gradient descent: change the parameters step by step so that the loss falls."""

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
        model: returns one Value per sample; with several outputs there is no loss, but an error.
        xs: N samples, each a sequence of numbers.
        ys: N targets, each a number.

    Raises:
        ValueError: there are no samples, or xs and ys differ in length.
    """
    raise NotImplementedError("kata gradient-descent: mse_loss is not written yet")


def zero_grad(params: Iterable[Value]) -> None:
    """Set the gradient of every parameter to 0.0, because backward adds to what leaves hold."""
    raise NotImplementedError("kata gradient-descent: zero_grad is not written yet")


def sgd_step(params: Iterable[Value], lr: float) -> None:
    """Move every parameter against its gradient: θ ← θ - lr · dL/dθ.

    Args:
        params: the Values themselves; their ``data`` is changed in place, their ``grad`` is not.
        lr: the learning rate.
    """
    raise NotImplementedError("kata gradient-descent: sgd_step is not written yet")


def train(
    model: _Model,
    xs: Sequence[Sequence[float]],
    ys: Sequence[float],
    steps: int,
    lr: float,
) -> list[float]:
    """Train the model in place on all samples at once, ``steps`` times over.

    Every step uses the gradient of ``mse_loss`` at the current parameters, without the gradients of
    earlier steps. It uses all samples, so nothing is drawn at random.

    Args:
        model: can be called with a sample, and has a ``parameters()`` method.
        xs, ys: samples and targets, as for ``mse_loss``.
        steps: the number of updates.
        lr: the learning rate.

    Returns:
        ``steps`` losses as floats, each measured before the update of its step.
    """
    raise NotImplementedError("kata gradient-descent: train is not written yet")
