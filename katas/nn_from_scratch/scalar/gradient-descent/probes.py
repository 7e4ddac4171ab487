"""Functions that run beside the learner's module: models with known weights, and what they hold.

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


def loss(weights: list[float], xs: list, ys: list) -> object:
    """Return the loss of a 2-3-1 network that needs no MLP."""
    return module.mse_loss(_Network(weights), xs, ys)


def line_loss(w: float, b: float, xs: list, ys: list) -> object:
    """Return the loss of model(x) = w x[0] + b."""
    return module.mse_loss(_Line(w, b), xs, ys)


def loss_gradients(weights: list[float], xs: list, ys: list) -> tuple[str, np.ndarray]:
    """Go backward from the loss; return its class and the gradients of the parameters."""
    model = _Network(weights)
    loss = module.mse_loss(model, xs, ys)
    if isinstance(loss, Value):
        loss.backward()
    name = "Value" if isinstance(loss, Value) else type(loss).__name__
    return name, np.array([parameter.grad for parameter in model.parameters()])


def weights_after(
    weights: list[float], xs: list, ys: list, steps: list[int], lr: float
) -> np.ndarray:
    """Train a 2-3-1 network, once per entry of steps, and return its weights without the losses."""
    model = _Network(weights)
    for count in steps:
        module.train(model, xs, ys, count, lr)
    return np.array([parameter.data for parameter in model.parameters()])


def losses(weights: list[float], xs: list, ys: list, steps: int, lr: float) -> object:
    """Train a 2-3-1 network and return what train returns."""
    return module.train(_Network(weights), xs, ys, steps, lr)


def mlp_after(
    sizes: list[int], weights: list[float], xs: list, ys: list, steps: int, lr: float
) -> np.ndarray:
    """Train the learner's MLP and return its weights."""
    model = network(sizes, weights)
    module.train(model, xs, ys, steps, lr)
    return np.array([parameter.data for parameter in _parameters(model)])


def next_global_numbers(
    weights: list[float], xs: list, ys: list, steps: int, lr: float, seed: int
) -> tuple[list[float], np.ndarray]:
    """Seed the global generators and train; return what they draw next, and the weights.

    The first number is Python's, the second numpy's; afterwards both generators are as they were
    before.
    """
    state, numpy_state = random.getstate(), np.random.get_state()
    try:
        random.seed(seed)
        np.random.seed(seed)
        moved = weights_after(weights, xs, ys, [steps], lr)
        return [random.random(), float(np.random.random_sample())], moved
    finally:
        random.setstate(state)
        np.random.set_state(numpy_state)


def line_after(w: float, b: float, xs: list, ys: list, steps: int, lr: float) -> np.ndarray:
    """Train model(x) = w x[0] + b, which is not an MLP, and return w and b without the losses."""
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
    watched.clear()
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


def what_train_does() -> list[object]:
    """Train w x[0] on one sample for one step, and return what happened to w.

    The largest gradient that it ever held, whether its data was set, and whether it was set to
    another number.
    """
    with suppress(Exception):
        model = _Line(1.0, 0.0)
        model.w = watched = _Watched(1.0)
        watched.clear()
        module.train(model, [[2.0]], [1.0], 1, 0.1)
        return [watched.largest, watched.writes > 0, watched.data != 1.0]
    return []


def outcome(weights: list[float], xs: list, ys: list) -> object:
    """Return what kind of thing mse_loss returns, or the name of the error that it raises."""
    loss = _outcome(_Network(weights), xs, ys)
    if isinstance(loss, Value):
        return "a Value"
    return loss if isinstance(loss, str) else type(loss).__name__


def outcome_with_two_outputs(weights: list[float], xs: list, ys: list) -> object:
    """Return the loss as a number, or the error, for a model that gives two outputs in a list."""
    one, two = _Network(weights), _Network(weights[::-1])
    loss = _outcome(lambda x: [one(x), two(x)], xs, ys)
    return loss.data if isinstance(loss, Value) else loss


def _outcome(model: object, xs: list, ys: list) -> object:
    try:
        return module.mse_loss(model, xs, ys)
    except NotImplementedError:
        raise
    except ValueError:
        return "ValueError"
    except Exception as error:
        return type(error).__name__


class _Watched(Value):
    """A Value that counts reads of its gradient, and notes what is written to it."""

    reads = writes = 0
    largest = 0.0
    watched_grad = watched_data = 0.0

    def clear(self) -> None:
        """Begin to count anew."""
        self.reads = self.writes = 0
        self.largest = 0.0

    @property
    def grad(self) -> float:
        self.reads += 1
        return self.watched_grad

    @grad.setter
    def grad(self, number: float) -> None:
        self.watched_grad = number
        self.largest = max(self.largest, abs(number))

    @property
    def data(self) -> float:
        return self.watched_data

    @data.setter
    def data(self, number: float) -> None:
        self.watched_data = number
        self.writes += 1


class _Network:
    """A network of 2 inputs, 3 hidden neurons and one output, built from Values alone."""

    def __init__(self, weights: list[float]) -> None:
        self.values = [Value(number) for number in weights]

    def __call__(self, x: list) -> Value:
        v = self.values
        hidden = [
            (v[i] * x[0] + v[i + 1] * x[1] + v[i + 2]).tanh() for i in range(0, len(v) - 4, 3)
        ]
        total = v[-1]
        for weight, h in zip(v[-4:-1], hidden, strict=True):
            total = total + weight * h
        return total.tanh()

    def parameters(self) -> list[Value]:
        return list(self.values)


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
    """Train from stop to stop; return all losses, and the outputs at these points at every stop.

    The outputs of each stop are a row; points is an array (count, 2).
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
