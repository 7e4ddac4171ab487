"""Dropout, compared with onnx, with complex steps, and with the binomial distribution."""

from typing import Any

import numpy as np
import onnx
import pytest
from onnx.reference import ReferenceEvaluator
from scipy import stats

from refnn.layers.dropout import Dropout


def factors_of(layer: Dropout, shape: tuple[int, ...]) -> Any:
    return layer.forward(np.ones(shape), training=True)


def onnx_dropout(x: Any, rate: float) -> tuple[Any, Any]:
    """Run onnx's Dropout in training mode; return the output and the mask of what is kept."""
    helper, types = onnx.helper, onnx.TensorProto
    node = helper.make_node("Dropout", ["x", "rate", "training"], ["y", "kept"], seed=4)
    graph = helper.make_graph(
        [node],
        "dropout",
        [
            helper.make_tensor_value_info("x", types.DOUBLE, x.shape),
            helper.make_tensor_value_info("rate", types.FLOAT, []),
            helper.make_tensor_value_info("training", types.BOOL, []),
        ],
        [
            helper.make_tensor_value_info("y", types.DOUBLE, x.shape),
            helper.make_tensor_value_info("kept", types.BOOL, x.shape),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    onnx.checker.check_model(model)
    feeds = {"x": x, "rate": np.float32(rate), "training": np.array(True)}
    y, kept = ReferenceEvaluator(model).run(None, feeds)
    return y, kept


class Replayed:
    """A generator whose numbers give the mask of onnx."""

    def __init__(self, kept: Any) -> None:
        """Keep the mask."""
        self.kept = kept

    def random(self, shape: tuple[int, ...]) -> Any:
        """Return 1 where an entry is kept, and 0 where it is dropped."""
        return np.where(self.kept, 1.0, 0.0).reshape(shape)


def test_the_numbers_of_the_lesson() -> None:
    kept = np.array([[True, False, True, True, True]])
    layer = Dropout(0.2, Replayed(kept))  # type: ignore[arg-type]
    np.testing.assert_allclose(
        layer.forward([[1, 2, 3, 4, 5]], training=True), [[1.25, 0, 3.75, 5, 6.25]]
    )
    np.testing.assert_allclose(layer.backward([[1, 1, -1, 2, 0]]), [[1.25, 0, -1.25, 2.5, 0]])
    assert layer.forward([[1, 2, 3, 4, 5]]).tolist() == [[1, 2, 3, 4, 5]]
    assert 1 / 0.5**5 == 32
    outputs = [max(a * 1 + b * -1, 0) for a in (0, 2) for b in (0, 2)]
    assert np.mean(outputs) == 0.5


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.75])
def test_the_same_mask_gives_what_onnx_gives(rate: float) -> None:
    x = np.random.default_rng(1).normal(size=(7, 5))
    y, kept = onnx_dropout(x, rate)
    assert 0 < kept.sum() < kept.size
    layer = Dropout(rate, Replayed(kept))  # type: ignore[arg-type]
    np.testing.assert_allclose(layer.forward(x, training=True), y, rtol=1e-6)


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.9])
def test_zeros_are_binomial_and_independent(rate: float) -> None:
    factors = factors_of(Dropout(rate, np.random.default_rng(2)), (400, 500))
    assert set(np.unique(factors).tolist()) <= {0.0, 1 / (1 - rate)}
    zeros = factors == 0
    if rate == 0:
        assert not zeros.any()
        return
    assert stats.binomtest(int(zeros.sum()), zeros.size, rate).pvalue > 1e-4
    for axis, n in ((0, 400), (1, 500)):  # the sums of independent entries have this variance
        assert zeros.sum(axis=axis).var() == pytest.approx(n * rate * (1 - rate), rel=0.25)


@pytest.mark.parametrize("shape", [(7, 5), (1, 5), (0, 5), (4,), (2, 3, 4)])
def test_the_gradient_is_that_of_complex_steps(shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(3)
    x, dout = rng.normal(size=shape), rng.normal(size=shape)
    layer = Dropout(0.4, np.random.default_rng(8))
    factors = factors_of(Dropout(0.4, np.random.default_rng(8)), shape)
    np.testing.assert_allclose(layer.forward(x, training=True), x * factors)

    expected = np.empty(shape)
    for index in np.ndindex(shape):  # a complex step: the imaginary part of f(x + ih) / h
        moved = x.astype(complex)
        moved[index] += 1e-30j
        expected[index] = (moved * factors * dout).sum().imag / 1e-30
    np.testing.assert_allclose(layer.backward(dout), expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("dtype", "expected"), [("float32", "float32"), ("float64", "float64"), ("int64", "float64")]
)
def test_dtypes(dtype: str, expected: str) -> None:
    layer, x = Dropout(0.25, np.random.default_rng(0)), np.array([[1, 2, 3]], dtype)
    for out in (layer.forward(x), layer.forward(x, training=True), layer.backward(x)):
        assert out.dtype == expected


def test_measuring_changes_nothing() -> None:
    rng = np.random.default_rng(6)
    layer, x = Dropout(0.5, rng), np.ones((4, 6))
    out = layer.forward(x, training=True)
    state = rng.bit_generator.state
    measured = layer.forward(x)
    assert measured.tolist() == x.tolist()
    assert not np.shares_memory(measured, x)
    assert rng.bit_generator.state == state
    layer.zero_grad()
    assert layer.backward(x).tolist() == out.tolist()
    assert layer.params == layer.grads == {}


def test_what_is_refused() -> None:
    for rate in (-0.1, 1, 1.5, float("nan")):
        with pytest.raises(ValueError, match="rate"):
            Dropout(rate, np.random.default_rng(0))
    layer = Dropout(0.5, np.random.default_rng(0))
    layer.forward(np.ones((4, 3)))
    with pytest.raises(RuntimeError):
        layer.backward(np.ones((4, 3)))
    layer.forward(np.ones((1, 3)), training=True)
    for shape in ((4, 3), (3,), (1, 1), (1, 1, 3)):
        with pytest.raises(ValueError, match="dout"):
            layer.backward(np.ones(shape))
