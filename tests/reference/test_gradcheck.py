"""The tool that checks all gradients is checked here, on functions with known derivatives."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from refnn.autograd.gradcheck import numerical_gradient, relative_error


def test_a_quadratic_has_its_exact_gradient() -> None:
    rng = np.random.default_rng(0)
    A, x = rng.normal(size=(3, 3)), rng.normal(size=3)
    measured = numerical_gradient(lambda v: float(v @ A @ v), x)
    np.testing.assert_allclose(measured, (A + A.T) @ x, atol=1e-8)


def test_the_default_step_is_good_to_nine_digits_on_exp() -> None:
    assert abs(numerical_gradient(lambda v: float(np.exp(v)), 1.0) - np.e) < 1e-9


@pytest.mark.parametrize("shape", [(), (4,), (2, 3), (2, 1, 3), (0,), (0, 3)])
def test_the_gradient_has_the_shape_of_the_point(shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(1).normal(size=shape)
    measured = numerical_gradient(lambda v: float((v**2).sum()), x)
    assert measured.shape == shape
    assert measured.dtype == np.float64
    np.testing.assert_allclose(measured, 2 * x, atol=1e-8)


@pytest.mark.parametrize("dtype", [np.int64, np.float32, bool])
def test_other_kinds_of_numbers_are_computed_in_float64(dtype: type) -> None:
    x: NDArray[Any] = np.array([1, 0, 1]).astype(dtype)
    measured = numerical_gradient(lambda v: float((v**2).sum()), x)
    np.testing.assert_allclose(measured, [2.0, 0.0, 2.0], atol=1e-8)
    assert x.dtype == dtype


def test_the_point_keeps_every_bit_even_when_f_raises_or_writes() -> None:
    x = np.array([1e-12, -3e-300, 0.1, -0.0])
    before = x.tobytes()

    def overwrite(v: NDArray[np.float64]) -> float:
        v[:] = 7.0
        return 1.0

    def fail(v: NDArray[np.float64]) -> float:
        assert x.tobytes() == before
        raise RuntimeError("on purpose")

    numerical_gradient(overwrite, x)
    with pytest.raises(RuntimeError, match="on purpose"):
        numerical_gradient(fail, x)
    assert x.tobytes() == before


def test_f_is_called_twice_per_coordinate() -> None:
    calls: list[int] = []

    def count(v: NDArray[np.float64]) -> float:
        calls.append(v.size)
        return 0.0

    numerical_gradient(count, np.zeros((3, 4)))
    assert len(calls) == 24


def test_relative_error_is_the_worst_of_all_elements_and_symmetric() -> None:
    a, b = np.array([1.0, 2.0, 0.0]), np.array([1.01, 2.0, 0.0])
    assert relative_error(a, b) == pytest.approx(0.01 / 2.01)
    assert relative_error(a, b) == relative_error(b, a)
    assert relative_error(1.0, -1.0) == 1.0
    assert relative_error([0.0], [0.0]) == 0.0
    assert relative_error(1e-12, 0.0) == pytest.approx(1e-4)
    assert relative_error([], []) == 0.0


@pytest.mark.parametrize("other", [np.nan, np.inf])
def test_relative_error_of_what_is_not_finite_is_nan(other: float) -> None:
    assert np.isnan(relative_error([1.0, other], [1.0, 2.0]))
    assert np.isnan(relative_error([1.0, other], [1.0, other]))


def test_relative_error_refuses_to_broadcast() -> None:
    with pytest.raises(ValueError, match=r"\(3, 1\)"):
        relative_error(np.ones((3, 1)), np.ones(3))
