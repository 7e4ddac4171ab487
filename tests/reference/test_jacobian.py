"""Both Jacobians, compared with complex steps, which share no code with them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from refnn.autograd.value import Value
from refnn.differentiation.dual import Dual
from refnn.differentiation.jacobian import cheaper_mode, jacobian_forward, jacobian_reverse

Floats = NDArray[np.float64]
Function = Callable[[Any], list[Any]]

FUNCTIONS: list[tuple[int, Function]] = [
    (1, lambda x: [x[0] * x[0] * x[0], 1 / x[0], -x[0]]),
    (3, lambda x: [x[0] * x[1] / (x[2] + 4)]),
    (2, lambda x: [x[0] ** 3 - x[1], x[0] / x[1], x[1] * x[1] * x[0], x[1]]),
    (4, lambda x: [sum(v * v for v in x), 2 - x[3] * x[0]]),
]
both = pytest.mark.parametrize("jacobian", [jacobian_forward, jacobian_reverse])


@both
@pytest.mark.parametrize("number", range(len(FUNCTIONS)))
def test_like_complex_steps(
    jacobian: Callable[..., Floats], number: int, complex_jacobian: Any
) -> None:
    n, f = FUNCTIONS[number]
    x = np.random.default_rng(number).uniform(0.5, 2.0, n)
    expected = complex_jacobian(lambda v: np.array(f(v)), x)
    got = jacobian(f, x)
    assert got.shape == expected.shape == (len(f(x)), n)
    assert got.dtype == np.float64
    np.testing.assert_allclose(got, expected, rtol=1e-13)


@both
def test_the_worked_example(jacobian: Callable[..., Floats]) -> None:
    got = jacobian(lambda x: (x[0] * x[1], x[0] + 2 * x[1], 5.0), (3, 4))
    assert got.tolist() == [[4, 3], [1, 2], [0, 0]]
    assert got.sum(axis=1).tolist() == [7, 3, 0]


def test_what_adds_up_without_zeroing() -> None:
    a, b = Value(3.0), Value(4.0)
    (a * b).backward()
    (a + 2 * b).backward()
    assert (a.grad, b.grad) == (5, 5)
    assert 1e20 + 1 - 1e20 == 0


@both
def test_shared_results_and_inputs(jacobian: Callable[..., Floats]) -> None:
    def f(x: Any) -> Any:
        square = x[0] * x[0]
        return [square, square, x[1], 3]

    assert jacobian(f, np.array([3, 5])).tolist() == [[6, 0], [6, 0], [0, 1], [0, 0]]


def test_the_numbers_of_passes() -> None:
    calls: list[Any] = []

    def f(x: Any) -> Any:
        calls.append(x)
        return [x[0] * x[1], x[1] * x[2]]

    jacobian_forward(f, [1.0, 2.0, 3.0])
    assert len(calls) == 3
    assert all(type(v) is Dual for x in calls for v in x)
    calls.clear()
    jacobian_reverse(f, [1.0, 2.0, 3.0])
    assert len(calls) == 1
    assert all(type(v) is Value for v in calls[0])


def test_rows_of_different_sizes() -> None:
    def f(x: Any) -> Any:
        return [1e20 * x[0], x[0] * x[1]]

    assert jacobian_reverse(f, [3.0, 4.0]).tolist() == [[1e20, 0], [4, 3]]


def test_the_cheaper_mode() -> None:
    answers = [cheaper_mode(n, m) for n, m in ((200, 1), (1, 200), (4, 4), (5, 4), (4, 5))]
    assert answers == ["reverse", "forward", "forward", "reverse", "forward"]
