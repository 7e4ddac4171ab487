"""Activation functions: their definitions with 50 digits, and differences of these."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from refnn.activations import elu, gated, hard, leaky, logistic, maxout

from ..entry import Compare, Tolerance, Track
from ..exact import (
    COMPLEX,
    DIGITS,
    DIGITS_SLOPE,
    big,
    complex_gradients,
    erfc,
    exp,
    log,
    mp,
    rng,
    run_onnx,
    sigmoid,
    slope,
    sqrt,
    tanh,
)

TRACK = Track("activations")
EXACT = Tolerance(1e-9, 0.0, "selects and multiplies once")
SMALL = Tolerance(1e-9, 0.0, "small results must keep their digits")
ROUNDED = Tolerance(1e-9, 1e-12, "stable forms differ near 0 by the rounding of numbers around 1")
GATED = Tolerance(1e-9, 1e-9, "1 + erf cancels in the left tail, and this is allowed")
SUMMED = Tolerance(1e-9, 1e-12, "sums of a few products, which may cancel")
SIGMOID = Tolerance(1e-9, 1e-9, "as gelu, though only 1 / (1 + e^-x) is rounded here")
MEASURED = Tolerance(1e-6, 0.0, "central differences with h = 1e-5")

WIDE = np.concatenate(
    [
        [-700.0, -100.0, -37.0, -20.0, -9.0, -1e-3, -1e-8, -1e-17, -1e-300],
        [1e-300, 1e-17, 1e-8, 1e-3, 9.0, 20.0, 37.0, 100.0, 700.0],
        rng(0).normal(0, 1, 20),
        rng(1).normal(0, 5, 20),
    ]
)
INPUTS = (WIDE, rng(2).normal(0, 2, (3, 4)), rng(3).normal(0, 2, (2, 1, 3)), np.empty((0, 4)))


def positive(x: Any, yes: Any, no: Any) -> Any:
    """Return `yes` where x is above 0, and `no` elsewhere."""
    return np.where((x > 0).astype(bool), yes, no)


def limited(x: Any, low: Any, high: Any) -> Any:
    return np.minimum(np.maximum(x, mp.mpf(low)), mp.mpf(high))


def elementwise(
    f: Callable[..., Any], right: Callable[..., Any], *settings: float, within: float = 1e3
) -> Compare:
    """Return the comparison of `f(x, setting)` with `right(x, setting)` over all inputs."""

    def compare() -> Any:
        for x in INPUTS:
            x = x[np.abs(x) <= within] if (np.abs(x) > within).any() else x
            choices: list[tuple[float, ...]] = [(s,) for s in settings]
            for setting in choices or [()]:
                with mp.workdps(400):  # 1 + e^-700 differs from 1 in digit 305
                    expected = right(big(x), *map(mp.mpf, setting))
                yield f(x, *setting), expected

    return compare


def _elu(x: Any, gamma: Any = 1) -> Any:
    return positive(x, x, gamma * (exp(np.minimum(x, mp.mpf(0))) - 1))


def _swish(x: Any, beta: Any = 1) -> Any:
    return x * sigmoid(beta * x)


def _gelu(x: Any) -> Any:
    return x * erfc(-x / sqrt(mp.mpf(2))) / 2


def _slope_of(f: Callable[..., Any]) -> Callable[..., Any]:
    return lambda x, *setting: slope(lambda at: f(at, *setting), x)


TAIL = (
    "Φ(x) is erfc(-x/√2) / 2, and erfc multiplies the rounding of x/√2 by x², which is 1369 at -37"
)
_VALUES: list[tuple[str, Compare, Tolerance, str]] = [
    ("logistic.sigmoid", elementwise(logistic.sigmoid, sigmoid), SMALL, ""),
    ("logistic.tanh", elementwise(logistic.tanh, tanh), ROUNDED, ""),
    ("logistic.relu", elementwise(logistic.relu, lambda x: positive(x, x, 0)), EXACT, ""),
    ("hard.hard_sigmoid", elementwise(hard.hard_sigmoid,
        lambda x, s: limited(s * x + 0.5, 0, 1), 0.25, 0.2), ROUNDED, ""),
    ("hard.hard_tanh", elementwise(hard.hard_tanh, lambda x: limited(x, -1, 1)), ROUNDED, ""),
    ("leaky.leaky_relu", elementwise(leaky.leaky_relu,
        lambda x, g: positive(x, x, g * x), 0.01, 2.0, -1.0), EXACT, ""),
    ("elu.elu", elementwise(elu.elu, _elu, 1.0, 0.25), SMALL, ""),
    ("elu.softplus", elementwise(elu.softplus, lambda x: log(1 + exp(x))), SMALL, ""),
    ("gated.swish", elementwise(gated.swish, _swish, 1.0, 0.25, 1.702), SIGMOID, ""),
    ("gated.gelu", elementwise(gated.gelu, _gelu, within=37), GATED, TAIL),
]  # fmt: skip
_SLOPES: list[tuple[str, Compare, Tolerance, str]] = [
    ("logistic.sigmoid_grad", elementwise(logistic.sigmoid_grad, _slope_of(sigmoid)), ROUNDED, ""),
    ("logistic.tanh_grad", elementwise(logistic.tanh_grad, _slope_of(tanh), within=300), ROUNDED,
        ""),
    ("logistic.relu_grad", elementwise(logistic.relu_grad, lambda x: positive(x, 1, 0)), EXACT, ""),
    ("hard.hard_sigmoid_grad", elementwise(hard.hard_sigmoid_grad,
        _slope_of(lambda x, s: limited(s * x + 0.5, 0, 1)), 0.25, 0.2), EXACT, ""),
    ("hard.hard_tanh_grad", elementwise(hard.hard_tanh_grad,
        _slope_of(lambda x: limited(x, -1, 1))), EXACT, ""),
    ("leaky.leaky_relu_grad", elementwise(leaky.leaky_relu_grad,
        lambda x, g: positive(x, 1, g), 0.01, 2.0, -1.0), EXACT, ""),
    ("elu.elu_grad", elementwise(elu.elu_grad, lambda x, g: positive(x, 1, g * exp(x)), 1.0, 0.25),
        ROUNDED, ""),
    ("elu.softplus_grad", elementwise(elu.softplus_grad,
        _slope_of(lambda x: log(1 + exp(x))), within=40), ROUNDED, ""),
    ("gated.swish_grad", elementwise(gated.swish_grad, _slope_of(_swish), 1.0, 0.25), SIGMOID, ""),
    ("gated.swish_grad_beta", elementwise(gated.swish_grad_beta,
        lambda x, b: slope(lambda at: _swish(x, at), b), 1.0, 0.25), SIGMOID, ""),
    ("gated.gelu_grad", elementwise(gated.gelu_grad, _slope_of(_gelu), within=37), GATED, ""),
]  # fmt: skip
for _name, _compare, _tolerance, _note in _VALUES:
    TRACK.oracle(f"activations.{_name}", DIGITS, _tolerance, note=_note)(_compare)
for _name, _compare, _tolerance, _note in _SLOPES:
    TRACK.oracle(f"activations.{_name}", DIGITS_SLOPE, _tolerance, note=_note)(_compare)


@TRACK.oracle("activations.logistic.saturation", DIGITS, Tolerance(0, 0, "equal: a word"), "exact")
def _saturation() -> Any:
    slopes: list[tuple[Any, Any]] = [
        (logistic.sigmoid_grad, sigmoid), (logistic.tanh_grad, tanh),
        (logistic.relu_grad, lambda x: positive(x, x, 0)), (gated.gelu_grad, _gelu),
        (leaky.leaky_relu_grad, lambda x: positive(x, x, x / 100)), (elu.elu_grad, _elu),
    ]  # fmt: skip
    words = {(True, True): "both", (True, False): "left", (False, True): "right"}
    for f, right in slopes:
        for at in (2.0, 10.0, 50.0):
            left, right_side = (bool((abs(slope(right, [x])) < 1e-3)[0]) for x in (-at, at))
            yield logistic.saturation(f, at=at), words.get((left, right_side), "none")


@TRACK.oracle("activations.leaky.prelu", "onnx PRelu", EXACT)
def _prelu() -> Any:
    for shape in ((1, 1), (4, 3), (0, 2)):
        x, alpha = rng(0).normal(0, 3, shape), rng(1).normal(size=shape[1])
        yield leaky.prelu(x, alpha), run_onnx("PRelu", x, alpha)
        yield leaky.prelu(x, 0.25), run_onnx("PRelu", x, np.array([0.25]))


def _prelu_loss(dout: Any, x: Any, alpha: Any) -> Any:
    return (dout * np.where(x.real > 0, x, alpha * x)).sum()


@TRACK.oracle("activations.leaky.prelu_backward", COMPLEX, MEASURED, "gradient")
def _prelu_backward() -> Any:
    for shape in ((1, 1), (5, 3)):
        x, alpha, dout = (rng(seed).normal(0, 3, shape) for seed in range(3))
        for slopes in (alpha[0], alpha[0, 0]):
            got = leaky.prelu_backward(dout, x, slopes)
            right = complex_gradients(partial(_prelu_loss, dout), x, slopes)
            yield from zip(got, right, strict=True)


def _pieces(x: Any, W: Any, b: Any) -> Any:
    return np.stack([x @ W[k] + b[k] for k in range(len(W))])


def _maxout_inputs() -> Any:
    for n, d, m, k in ((1, 1, 1, 1), (4, 3, 2, 3), (6, 2, 3, 2)):
        draws = rng(n)
        yield (draws.normal(size=(n, d)), draws.normal(size=(k, d, m)), draws.normal(size=(k, m)),
               draws.normal(size=(n, m)))  # fmt: skip


@TRACK.oracle("activations.maxout.maxout_forward", DIGITS, SUMMED)
def _maxout_forward() -> Any:
    for x, W, b, _ in _maxout_inputs():
        pieces = _pieces(big(x), big(W), big(b))
        out, argmax = maxout.maxout_forward(x, W, b)
        yield out, pieces.max(axis=0)
        yield argmax, pieces.argmax(axis=0)


def _maxout_loss(dout: Any, winner: Any, x: Any, W: Any, b: Any) -> Any:
    return (dout * np.take_along_axis(_pieces(x, W, b), winner[np.newaxis], 0)[0]).sum()


@TRACK.oracle("activations.maxout.maxout_backward", COMPLEX, MEASURED, "gradient")
def _maxout_backward() -> Any:
    for x, W, b, dout in _maxout_inputs():
        winner = _pieces(x, W, b).argmax(axis=0)
        got = maxout.maxout_backward(dout, x, W, winner)
        right = complex_gradients(partial(_maxout_loss, dout, winner), x, W, b)
        yield from zip(got, right, strict=True)
