"""What entries share: arithmetic with 50 digits, complex steps, and onnx's evaluator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import mpmath
import numpy as np
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

mp = mpmath.MPContext()  # a context of our own: no other test changes its precision
mp.dps = 50
_STEP = mp.mpf(10) ** -20

# Functions on arrays of numbers with 50 digits (numpy arrays with dtype object).
exp, log, log1p, expm1, sqrt, tanh, erfc, sin, cos = (
    np.frompyfunc(getattr(mp, name), 1, 1)
    for name in ("exp", "log", "log1p", "expm1", "sqrt", "tanh", "erfc", "sin", "cos")
)
DIGITS = "mpmath, 50 digits"
DIGITS_SLOPE = "mpmath, differences with 50 digits"
COMPLEX = "complex steps"
FRACTIONS = "Fraction"
LOOPS = "loops"


def big(x: Any) -> Any:
    """Return the same numbers with 50 digits: an array of them, or one number."""
    numbers = np.asarray(x)
    return (
        numbers if numbers.dtype == object else np.frompyfunc(mp.mpf, 1, 1)(numbers.astype(float))
    )


def slope(f: Callable[[Any], Any], x: Any) -> Any:
    """Return the derivative of a function that works elementwise, with 30 right digits."""
    with mp.workdps(400):  # 1 + e^-700 differs from 1 in digit 305
        point = big(x)
        return (f(point + _STEP) - f(point - _STEP)) / (2 * _STEP)


def gradient(f: Callable[[Any], Any], x: Any) -> Any:
    """Return the gradient of a function with one result, with 30 right digits."""
    point = big(x)
    result = np.empty(point.shape, dtype=object)
    for place in np.ndindex(point.shape):
        above, below = point.copy(), point.copy()
        above[place] += _STEP
        below[place] -= _STEP
        result[place] = (f(above) - f(below)) / (2 * _STEP)
    return result


def complex_gradient(f: Callable[[Any], Any], x: Any) -> Any:
    """Return the gradient of a function with one result, by a step along the imaginary axis."""
    result = np.empty(np.shape(x))
    for place in np.ndindex(result.shape):
        moved = np.array(x, dtype=complex)
        moved[place] += 1e-30j
        result[place] = f(moved).imag / 1e-30
    return result


def complex_gradients(f: Callable[..., Any], *points: Any) -> list[Any]:
    """Return the gradients of `f(*points)` with respect to each of its arguments."""
    return [complex_gradient(_at(f, points, i), point) for i, point in enumerate(points)]


def _at(f: Callable[..., Any], points: Sequence[Any], place: int) -> Callable[[Any], Any]:
    return lambda point: f(*points[:place], point, *points[place + 1 :])


def softmax(z: Any) -> Any:
    """Return the softmax along the last axis with 50 digits, straight from its definition."""
    powers = exp(z)
    return powers / powers.sum(axis=-1, keepdims=True)


def sigmoid(z: Any) -> Any:
    """Return the logistic function with 50 digits, straight from its definition."""
    return 1 / (1 + exp(-z))


def run_onnx(operator: str, *inputs: Any, opset: int = 18, **attributes: Any) -> Any:
    """Return the first output of one node, computed by onnx's reference evaluator in float64.

    Attributes are float32 in onnx, so use only numbers that it contains exactly.
    """
    names = [f"x{number}" for number in range(len(inputs))]
    node = helper.make_node(operator, names, ["y"], **attributes)
    graph = helper.make_graph(
        [node],
        operator,
        [helper.make_tensor_value_info(name, TensorProto.DOUBLE, None) for name in names],
        [helper.make_tensor_value_info("y", TensorProto.DOUBLE, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    evaluator: Any = ReferenceEvaluator(model)
    return evaluator.run(None, dict(zip(names, inputs, strict=True)))[0]


def rng(seed: int = 0) -> np.random.Generator:
    """Return a generator with a fixed seed."""
    return np.random.default_rng(seed)
