"""An MLP on scalars: the same networks as formulas with 50 digits."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from refnn.autograd.value import Value
from refnn.scalar.mlp import MLP, Layer
from refnn.scalar.neuron import Neuron
from refnn.scalar.training import mse_loss, sgd_step, train, zero_grad

from ..entry import Tolerance, Track
from ..exact import DIGITS, DIGITS_SLOPE, big, gradient, mp, rng, tanh

TRACK = Track("scalar")
SUMMED = Tolerance(1e-9, 1e-12, "tanh of a sum of n products")
STEP = Tolerance(1e-12, 1e-14, "one product and one difference")
INPUTS = ((1,), (2,), (7,))


def values(parameters: list[Value]) -> Any:
    return big([p.data for p in parameters])


def neuron(weights: Any, x: Any) -> Any:
    """Return tanh(w x + b), with the bias as the last of the weights."""
    return tanh(np.dot(weights[:-1], big(x)) + weights[-1])


@TRACK.oracle("scalar.neuron.Neuron", DIGITS, SUMMED)
def _neuron() -> Any:
    for shape in INPUTS:
        unit, x = Neuron(shape[0], random.Random(0)), rng().normal(size=shape)
        yield unit(x.tolist()).data, neuron(values(unit.parameters()), x)


@TRACK.oracle("scalar.mlp.Layer", DIGITS, SUMMED)
def _layer() -> Any:
    for shape in INPUTS:
        layer, x = Layer(shape[0], 3, random.Random(0)), rng().normal(size=shape)
        right = [neuron(values(unit.parameters()), x) for unit in layer.neurons]
        yield [v.data for v in layer(x.tolist())], right


def network(weights: Any, x: Any, sizes: list[int]) -> Any:
    """Return the outputs of an MLP with the weights in the order of its parameters."""
    outputs, weights = big(x), np.asarray(weights)
    for size in sizes:
        width = len(outputs) + 1
        rows, weights = weights[: size * width].reshape(size, width), weights[size * width :]
        outputs = tanh(rows[:, :-1] @ outputs + rows[:, -1])
    return outputs


@TRACK.oracle("scalar.mlp.MLP", DIGITS, SUMMED)
def _mlp() -> Any:
    for n_in, sizes in ((2, [3, 2]), (3, [4, 4, 2])):
        model, x = MLP(n_in, sizes, random.Random(1)), rng(1).normal(size=n_in)
        outputs: Any = model(x.tolist())
        yield [v.data for v in outputs], network(values(model.parameters()), x, sizes)


XS = rng(2).normal(size=(4, 2)).tolist()
YS = [0.5, -1.0, 0.25, 1.0]


def loss(weights: Any) -> Any:
    """Return the mean squared error of an MLP(2, [2, 1]) with 50 digits."""
    errors = [network(weights, x, [2, 1])[0] - y for x, y in zip(XS, YS, strict=True)]
    return sum(e * e for e in errors) / len(errors)


@TRACK.oracle("scalar.training.mse_loss", DIGITS, Tolerance(1e-9, 0.0, "a mean of squares"))
def _mse_loss() -> Any:
    for seed in range(3):
        model = MLP(2, [2, 1], random.Random(seed))
        yield mse_loss(model, XS, YS).data, loss(values(model.parameters()))


@TRACK.oracle("scalar.training.sgd_step", DIGITS, STEP)
def _sgd_step() -> Any:
    for lr in (0.1, 1.0, 1e-3):
        numbers, slopes = rng(0).normal(size=(2, 10)).tolist()
        moved = [Value(v) for v in numbers]
        for v, g in zip(moved, slopes, strict=True):
            v.grad = g
        sgd_step(moved, lr)
        yield [v.data for v in moved], big(numbers) - mp.mpf(lr) * big(slopes)


@TRACK.oracle("scalar.training.zero_grad", "zeros", Tolerance(0, 0, "equal: zeros"), "exact")
def _zero_grad() -> Any:
    held = [Value(1.0), Value(2.0)]
    for v in held:
        v.grad = v.data
    zero_grad(held)
    yield [v.grad for v in held], [0.0, 0.0]


@TRACK.oracle(
    "scalar.training.train",
    DIGITS_SLOPE,
    Tolerance(1e-9, 1e-12, "few steps: rounding does not grow yet"),
)
def _train() -> Any:
    model = MLP(2, [2, 1], random.Random(3))
    weights, losses = values(model.parameters()), []
    got = train(model, XS, YS, 4, 0.25)
    for _ in range(4):
        losses.append(loss(weights))
        weights = weights - gradient(loss, weights) / 4
    yield got, losses
    yield [p.data for p in model.parameters()], weights
