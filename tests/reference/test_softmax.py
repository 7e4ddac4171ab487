"""Softmax, its logarithm, and the logarithm of a sum of exponentials."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from refnn.forward.softmax import log_softmax, logsumexp, softmax

FUNCTIONS = [softmax, log_softmax, logsumexp]
ROW = [0.09003057317038046, 0.24472847105479767, 0.6652409557748219]


@pytest.fixture(autouse=True)
def _nothing_overflows() -> Iterator[None]:
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


def test_rows_far_apart_are_each_their_own() -> None:
    probs = softmax([[0.0, 1.0, 2.0], [1000.0, 1001.0, 1002.0], [-1000.0, -999.0, -998.0]])
    np.testing.assert_allclose(probs, [ROW, ROW, ROW], rtol=1e-12)


@pytest.mark.parametrize("shift", [-1e4, -1000.0, 0.0, 1000.0, 1e4])
def test_a_shift_of_all_logits_changes_nothing(shift: float) -> None:
    z = np.random.default_rng(0).normal(size=(5, 3))
    np.testing.assert_allclose(softmax(z + shift), softmax(z), rtol=1e-9)
    np.testing.assert_allclose(log_softmax(z + shift), log_softmax(z), atol=1e-9)
    np.testing.assert_allclose(logsumexp(z + shift), logsumexp(z) + shift, rtol=1e-12)


@pytest.mark.parametrize("gap", [700.0, 744.0, 745.0, 746.0, 1000.0])
def test_a_small_probability_keeps_its_logarithm(gap: float) -> None:
    z = [[0.0, gap], [3.0, 3.0]]
    np.testing.assert_allclose(log_softmax(z), [[-gap, 0.0], [-np.log(2), -np.log(2)]])
    np.testing.assert_allclose(softmax(z)[1], [0.5, 0.5])
    np.testing.assert_allclose(softmax([[0.0, 1.0], [gap, gap]])[0], [0.26894142, 0.73105858])


@pytest.mark.parametrize("gap", [1420.0, 3000.0, 1e300])
def test_logits_of_one_row_may_be_far_apart(gap: float) -> None:
    np.testing.assert_array_equal(softmax([[0.0, gap, -gap]]), [[0.0, 1.0, 0.0]])
    np.testing.assert_array_equal(log_softmax([[0.0, gap, -gap]]), [[-gap, 0.0, -2 * gap]])
    np.testing.assert_array_equal(logsumexp([[0.0, gap, -gap]]), [gap])


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2])
def test_any_axis_of_any_array_will_do(axis: int) -> None:
    z = np.random.default_rng(1).normal(size=(2, 3, 4))
    expected = np.exp(z) / np.exp(z).sum(axis=axis, keepdims=True)
    np.testing.assert_allclose(softmax(z, axis=axis), expected, rtol=1e-12)
    np.testing.assert_allclose(log_softmax(z, axis=axis), np.log(expected), rtol=1e-12)
    total = np.log(np.exp(z).sum(axis=axis))
    np.testing.assert_allclose(logsumexp(z, axis=axis), total, rtol=1e-12)
    kept = logsumexp(z, axis=axis, keepdims=True)
    np.testing.assert_allclose(kept, np.expand_dims(total, axis), rtol=1e-12)


def test_one_sample_one_class_and_one_row_work() -> None:
    np.testing.assert_allclose(softmax([0.0, 1.0, 2.0]), ROW)
    np.testing.assert_array_equal(softmax([[7.0], [-7.0]]), [[1.0], [1.0]])
    np.testing.assert_array_equal(softmax(np.full((1, 4), 3.0)), np.full((1, 4), 0.25))
    assert logsumexp([0.0, 0.0]).shape == ()


def test_no_samples_give_no_rows() -> None:
    assert softmax(np.zeros((0, 3))).shape == (0, 3)
    assert log_softmax(np.zeros((0, 3))).shape == (0, 3)
    assert logsumexp(np.zeros((0, 3))).shape == (0,)


def test_minus_infinity_is_a_probability_of_exactly_zero() -> None:
    z = [[-np.inf, 0.0, 0.0], [1.0, -np.inf, -np.inf]]
    np.testing.assert_array_equal(softmax(z), [[0.0, 0.5, 0.5], [1.0, 0.0, 0.0]])
    np.testing.assert_array_equal(log_softmax(z)[1], [0.0, -np.inf, -np.inf])
    np.testing.assert_allclose(logsumexp(z), [np.log(2), 1.0])


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("given", "returned"),
    [
        (np.float32, np.float32),
        (np.float64, np.float64),
        (np.int32, np.float64),
        (bool, np.float64),
    ],
)
def test_floats_keep_their_kind_and_integers_become_float64(
    function: Callable[..., Any], given: type, returned: type
) -> None:
    z: NDArray[Any] = np.array([[0, 1], [1, 1]]).astype(given)
    assert function(z).dtype == returned
    np.testing.assert_allclose(function(z), function(z.astype(np.float64)), rtol=1e-6)


@pytest.mark.parametrize("gap", [100.0, 120.0])
def test_float32_survives_its_own_smaller_range(gap: float) -> None:
    z = np.array([[0.0, 1.0], [gap, gap]], dtype=np.float32)
    np.testing.assert_allclose(softmax(z), [[0.26894142, 0.73105858], [0.5, 0.5]], rtol=1e-6)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("shape", [(3, 4), (3, 1), (1, 3)])
def test_the_argument_is_neither_changed_nor_shared(
    function: Callable[..., Any], shape: tuple[int, int]
) -> None:
    z = np.random.default_rng(2).normal(size=shape)
    before = z.copy()
    assert not np.shares_memory(function(z), z)
    np.testing.assert_array_equal(z, before)
