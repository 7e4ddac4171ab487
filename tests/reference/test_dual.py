"""Dual numbers, compared with complex steps, which share no code with them."""

import cmath
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from refnn.autograd.value import Value
from refnn.differentiation.dual import Dual, derivative, jvp

FUNCTIONS: list[tuple[Callable[[Any], Any], Callable[[Any], Any]]] = [
    (lambda x: x**3 - 2 * x, lambda x: x * x * x - 2 * x),
    (lambda x: (1 - x) / (x * x + 2), lambda x: (1 - x) / (x * x + 2)),
    (lambda x: 3 / x - x**-2, lambda x: 3 / x - 1 / (x * x)),
    (lambda x: (x * x).sin().exp(), lambda x: cmath.exp(cmath.sin(x * x))),
    (lambda x: (2 * x).tanh() * x.cos(), lambda x: cmath.tanh(2 * x) * cmath.cos(x)),
    (lambda x: (x * x + 1).log() ** 0.5, lambda x: cmath.sqrt(cmath.log(x * x + 1))),
    (lambda x: -(5 - x) - sum([x, x]), lambda x: -(5 - x) - 2 * x),
]


@pytest.mark.parametrize("number", range(len(FUNCTIONS)))
@pytest.mark.parametrize("x", [0.7, 2.5, -1.3])
def test_derivatives_are_those_of_complex_steps(number: int, x: float) -> None:
    ours, exact = FUNCTIONS[number]
    expected = exact(x + 1e-30j).imag / 1e-30
    assert derivative(ours, x) == pytest.approx(expected, rel=1e-13, abs=1e-14)


def test_a_rational_function_like_a_complex_step() -> None:
    def f(x: Any) -> Any:
        return [x[0] * x[1] / (x[2] - 4), x[0] ** 2 - 1 / x[1], 2 - x[2] * x[2] * x[2]]

    rng = np.random.default_rng(0)
    x, v = rng.normal(size=3), rng.normal(size=3)
    stepped = f(x + 1e-30j * v)
    values, slopes = jvp(f, x.tolist(), v.tolist())
    np.testing.assert_allclose(values, [y.real for y in stepped], rtol=1e-14)
    np.testing.assert_allclose(slopes, [y.imag / 1e-30 for y in stepped], rtol=1e-13)


def test_forward_and_backward_agree() -> None:
    functions: list[Any] = [
        lambda x: (0.5 * x).tanh() * x.exp() - x**3,
        lambda x: (x * x + 1).log() / (2 - x),
    ]
    for f in functions:
        for x in (0.3, -1.7):
            leaf = Value(x)
            f(leaf).backward()
            assert derivative(f, x) == pytest.approx(leaf.grad, rel=1e-12)


def test_the_worked_example() -> None:
    x = Dual(3, 1)
    square, above = x * x, x + 1
    assert (square.value, square.deriv) == (9, 6)
    assert (above.value, above.deriv) == (4, 1)
    quotient = square / above
    assert (quotient.value, quotient.deriv) == (2.25, 0.9375)


def test_the_numbers_of_the_misconceptions() -> None:
    measured = (math.exp(1 + 1e-5) - math.exp(1 - 1e-5)) / 2e-5
    assert abs(measured - math.e) == pytest.approx(6e-11, rel=0.05)
    assert abs(derivative(lambda x: x.exp(), 1.0) - math.e) <= 4.5e-16
    nested = derivative(lambda x: x * derivative(lambda y: x + y, 1.0), 1.0)
    assert nested == 2.0
    assert 1e-200**2 == 0.0
    assert math.isinf(1e200 * 1e200)


def test_wide_ranges() -> None:
    for size in (1e-200, 1e200):
        quotient = Dual(3 * size, size) / Dual(2 * size, 5 * size)
        assert quotient.value == pytest.approx(1.5)
        assert quotient.deriv == pytest.approx((1 * 2 - 3 * 5) / 4)
    for x in (1000.0, -1000.0):
        far = Dual(x, 3.0).tanh()
        assert (far.value, far.deriv) == (math.copysign(1, x), 0)


def test_powers_of_zero() -> None:
    for k, slope in ((0, 0.0), (1, 4.0), (2, 0.0)):
        power = Dual(0.0, 4.0) ** k
        assert (power.value, power.deriv) == (0.0**k, slope)


def test_comparisons() -> None:
    one, same, two = Dual(1, 9), Dual(1, -9), Dual(2, 0)
    assert one < two
    assert two > one
    assert one <= same
    assert one >= same
    assert not one < same
    assert not one > same
    assert one < 2
    assert one >= 1
    assert derivative(lambda x: x if x > 0 else -x, -2.0) == -1


def test_constants_and_errors() -> None:
    assert derivative(lambda _: 5, 2.0) == 0.0
    assert jvp(lambda x: (x[0], 7), [2], [3]) == ([2.0, 7.0], [3.0, 0.0])
    point: Any = np.array([2, 3])
    velocity: Any = np.array([1, 0])
    assert jvp(lambda x: [x[0] * x[1]], point, velocity) == ([6.0], [3.0])
    assert repr(Dual(3, 1)) == "Dual(value=3.0, deriv=1.0)"
    with pytest.raises(ValueError, match="shorter"):
        jvp(lambda x: x, [1.0, 2.0], [1.0])
    with pytest.raises(ZeroDivisionError):
        1 / Dual(0.0, 1.0)
    with pytest.raises(ValueError, match="math"):
        Dual(-1.0).log()
    with pytest.raises(TypeError):
        Dual(2.0) ** Dual(2.0)  # type: ignore[operator]
