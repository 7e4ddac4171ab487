"""Functions that run beside the learner's module: networks with known weights, and what they hold.

The weights of a network are one row of numbers, layer by layer and neuron by neuron, the weights of
a neuron before its bias.
"""

import random
from contextlib import suppress
from itertools import pairwise

import numpy as np

from ..autograd.value import Value
from . import training as module
from .mlp import MLP


def network(sizes: list[int], weights: list[float]) -> MLP:
    """Make an MLP, its inputs counted as the first size, and give it these weights."""
    model = MLP(sizes[0], list(sizes[1:]), random.Random(0))
    for parameter, number in zip(_parameters(model), weights, strict=True):
        parameter.data = float(number)
    return model


def gradients(model: MLP) -> np.ndarray:
    """Return the gradients that the parameters of a network hold."""
    return np.array([parameter.grad for parameter in _parameters(model)])


def weights_after(
    sizes: list[int], weights: list[float], xs: list, ys: list, steps: list[int], lr: float
) -> np.ndarray:
    """Train a network, once for each entry of steps, and return its weights; losses are dropped."""
    model = network(sizes, weights)
    for count in steps:
        module.train(model, xs, ys, count, lr)
    return np.array([parameter.data for parameter in _parameters(model)])


def line_after(w: float, b: float, xs: list, ys: list, steps: int, lr: float) -> np.ndarray:
    """Train model(x) = w x[0] + b, which is no MLP, and return w and b; losses are dropped."""
    model = _Line(w, b)
    module.train(model, xs, ys, steps, lr)
    return np.array([model.w.data, model.b.data])


def after_step(data: list[float], grads: list[float], lr: float) -> np.ndarray:
    """Make a Value for each number, give it its gradient, take one step, return their data."""
    values = _values(data, grads)
    module.sgd_step(list(values), lr)
    return np.array([value.data for value in values])


def gradients_after_step(data: list[float], grads: list[float], lr: float) -> np.ndarray:
    """Do the same and return their gradients."""
    values = _values(data, grads)
    module.sgd_step(list(values), lr)
    return np.array([value.grad for value in values])


def reads_the_gradient(name: str) -> bool:
    """Return whether sgd_step or zero_grad looks at the gradient of the one Value it gets."""
    watched = _Watched(1.0)
    watched.reads = 0
    if name == "sgd_step":
        module.sgd_step([watched], 0.5)
    else:
        module.zero_grad([watched])
    return watched.reads > 0


def after_zero_grad(data: list[float], grads: list[float]) -> tuple[list, list]:
    """Make the same Values, clear them, and return their gradients and their data."""
    values = _values(data, grads)
    module.zero_grad(list(values))
    return [value.grad for value in values], [value.data for value in values]


def idle_parts() -> list[str]:
    """Return which of the functions that train may be built from do nothing at all.

    Those that raise, because they are not written yet or otherwise, do not count as idle.
    """
    idle = []
    with suppress(Exception):
        if after_step([1.0], [4.0], 0.5)[0] == 1.0:
            idle.append("sgd_step")
    with suppress(Exception):
        if after_zero_grad([1.0], [4.0])[0] == [4.0]:
            idle.append("zero_grad")
    with suppress(Exception):
        model = _Line(1.0, 0.0)
        module.mse_loss(model, [[2.0]], [1.0]).backward()
        if model.w.grad == 0.0:
            idle.append("mse_loss")
    return idle


def outcome(model: MLP, xs: list, ys: list) -> str:
    """Return what kind of exception mse_loss raises, or else what kind of thing it returns."""
    try:
        loss = module.mse_loss(model, xs, ys)
    except NotImplementedError:
        raise
    except ValueError:
        return "ValueError"
    except Exception as error:
        return type(error).__name__
    return "a Value" if isinstance(loss, Value) else type(loss).__name__


class _Watched(Value):
    """A Value that counts how often its gradient is read."""

    reads = 0
    kept = 0.0

    @property
    def grad(self) -> float:
        self.reads += 1
        return self.kept

    @grad.setter
    def grad(self, number: float) -> None:
        self.kept = number


class _Line:
    """A model that has parameters and can be called, and nothing else."""

    def __init__(self, w: float, b: float) -> None:
        self.w, self.b = Value(w), Value(b)

    def __call__(self, x: list) -> Value:
        return self.w * x[0] + self.b

    def parameters(self) -> list[Value]:
        return [self.w, self.b]


def _parameters(model: MLP) -> list[Value]:
    neurons = [neuron for layer in model.layers for neuron in layer.neurons]
    return [parameter for neuron in neurons for parameter in [*neuron.w, neuron.b]]


def _values(data: list[float], grads: list[float]) -> list[Value]:
    values = [Value(number) for number in data]
    for value, grad in zip(values, grads, strict=True):
        value.grad = grad
    return values


def plane_while_learning(
    sizes: list[int], weights: list[float], xs: list, ys: list, stops: list[int], lr: float,
    points: np.ndarray,
) -> tuple[list, np.ndarray]:  # fmt: skip
    """Train from stop to stop; return all losses, and the answers at these points at every stop.

    The answers of each stop are a row; points is an array (count, 2).
    """
    model = network(sizes, weights)
    losses, rows = [], []
    for before, stop in pairwise([0, *stops]):
        if stop > before:
            losses += module.train(model, xs, ys, stop - before, lr)
        rows.append([model(point).data for point in points.tolist()])
    return losses, np.array(rows)


def losses_by_parts(
    sizes: list[int], weights: list[float], xs: list, ys: list, steps: int, lr: float
) -> list:
    """Train with mse_loss, zero_grad and sgd_step, called in their order; return the losses."""
    model = network(sizes, weights)
    losses = []
    for _ in range(steps):
        loss = module.mse_loss(model, xs, ys)
        losses.append(loss.data if isinstance(loss, Value) else loss)
        module.zero_grad(model.parameters())
        if isinstance(loss, Value):
            loss.backward()
        module.sgd_step(model.parameters(), lr)
    return losses
