"""The step function, against NumPy's heaviside and values that are known."""

import numpy as np
import pytest

from refnn.perceptron.step import step


@pytest.mark.parametrize("at_zero", [0, 1])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (2, 0, 3)])
def test_agrees_with_heaviside(shape: tuple[int, ...], at_zero: int) -> None:
    x = np.round(np.random.default_rng(0).normal(size=shape), 1)
    got = step(x, at_zero)
    assert got.shape == shape
    assert got.dtype == np.int64
    np.testing.assert_array_equal(got, np.heaviside(x, at_zero))


def test_the_lesson_s_example() -> None:
    assert step([-2, 0, 0.5]).tolist() == [0, 1, 1]
    assert step([-2, 0, 0.5], at_zero=0).tolist() == [0, 0, 1]


@pytest.mark.parametrize("at_zero", [0, 1])
def test_both_zeros_give_at_zero(at_zero: int) -> None:
    assert step([0.0, -0.0], at_zero).tolist() == [at_zero, at_zero]


@pytest.mark.parametrize("at_zero", [0, 1])
def test_the_ends_of_the_floats(at_zero: int) -> None:
    x = [np.inf, -np.inf, np.nan, 5e-324, -5e-324]
    assert step(x, at_zero).tolist() == [1, 0, 0, 1, 0]


def test_the_numbers_of_the_misconceptions() -> None:
    net_input = 0.5 * 1 + 0.5 * 1 - 1
    assert [int(step(net_input, convention)) for convention in (1, 0)] == [1, 0]
    assert pytest.approx(5.55e-17, rel=1e-3) == 0.1 + 0.2 - 0.3
    assert [int(step(0.1 + 0.2 - 0.3, convention)) for convention in (1, 0)] == [1, 1]
    assert np.array([True]) + np.array([True]) == np.array([True])
    assert (np.sign(0.0) + 1) / 2 == 0.5


def test_its_argument_stays_as_it_is() -> None:
    x = np.array([-2.0, 0.5, 3.0])
    step(x)
    assert x.tolist() == [-2.0, 0.5, 3.0]
