"""The backward pass of attention, compared with complex steps and with onnx."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx.reference import ReferenceEvaluator

from refnn.attention.backward import attention_backward

Floats = NDArray[np.floating[Any]]
Jacobian = Callable[[Callable[[Any], Any], Floats], Floats]


def draw(*shapes: tuple[int, ...], seed: int = 0) -> list[Floats]:
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) for shape in shapes]


def weights(Q: Any, K: Any, mask: Any = 1.0) -> Any:
    """Return the weights, for complex numbers."""
    powers = mask * np.exp(Q @ np.swapaxes(K, -1, -2) / math.sqrt(Q.shape[-1]))
    return powers / powers.sum(axis=-1, keepdims=True)


def test_the_numbers_of_the_lesson() -> None:
    Q, K, V = np.ones((1, 4)), np.array([[1, 1, 1, 1], [1, -1, 1, -1]]), np.array([[10], [20]])
    A = weights(Q, K)
    assert A.round(3).tolist() == [[0.881, 0.119]]
    assert (A @ V).item() == pytest.approx(11.19, abs=0.005)
    d_scores = A * (V.T - (A @ V))
    assert d_scores.round(2).tolist() == [[-1.05, 1.05]]
    assert (A * (1 - A) * V.T).round(2).tolist() == [[1.05, 2.1]]
    dQ, _, dV = attention_backward([[1]], Q, K, V, A)
    assert dQ.round(2).tolist() == [[0, -1.05, 0, -1.05]]
    np.testing.assert_allclose(dV, A.T)


def test_equal_values_leave_queries_and_keys_alone() -> None:
    dout, Q, K, V = draw((3, 2), (3, 5), (4, 5), (1, 2))
    dQ, dK, dV = attention_backward(dout, Q, K, np.tile(V, (4, 1)), weights(Q, K))
    np.testing.assert_allclose(dQ, 0, atol=1e-15)
    np.testing.assert_allclose(dK, 0, atol=1e-15)
    assert np.abs(dV).min() > 1e-3


@pytest.mark.parametrize("leading", [(), (2,), (2, 3)])
@pytest.mark.parametrize("masked", [False, True])
def test_gradients_by_complex_steps(
    leading: tuple[int, ...], masked: bool, complex_jacobian: Jacobian
) -> None:
    shapes = ((3, 5), (3, 2), (4, 2), (4, 5))
    dout, Q, K, V = draw(*((*leading, *shape) for shape in shapes))
    mask = np.random.default_rng(1).random((*leading, 3, 4)) < 0.6 if masked else 1.0
    if masked:
        mask = np.logical_or(mask, np.arange(4) == 0)
    A = weights(Q, K, mask)
    got = attention_backward(dout, Q, K, V, A)

    def sum_of(q: Any, k: Any, v: Any) -> Any:
        return (weights(q, k, mask) @ v * dout).sum()

    by_step = (
        complex_jacobian(lambda q: sum_of(q, K, V), Q),
        complex_jacobian(lambda k: sum_of(Q, k, V), K),
        complex_jacobian(lambda v: sum_of(Q, K, v), V),
    )
    for own, other in zip(got, by_step, strict=True):
        np.testing.assert_allclose(own, other, rtol=1e-11, atol=1e-13)


def test_gradients_by_differences_of_onnx() -> None:
    shapes = ((3, 5), (3, 2), (4, 2), (4, 5))
    dout, Q, K, V = draw(*((1, 1, *shape) for shape in shapes), seed=4)
    node = onnx.helper.make_node("Attention", ["Q", "K", "V"], ["Y"])
    floats = onnx.TensorProto.DOUBLE
    graph = onnx.helper.make_graph(
        [node],
        "attention",
        [onnx.helper.make_tensor_value_info(name, floats, None) for name in "QKV"],
        [onnx.helper.make_tensor_value_info("Y", floats, None)],
    )
    opset = [onnx.helper.make_opsetid("", 23)]
    session = ReferenceEvaluator(onnx.helper.make_model(graph, opset_imports=opset))
    arrays = {"Q": Q, "K": K, "V": V}
    got = attention_backward(dout, Q, K, V, weights(Q, K))
    for name, gradient in zip("QKV", got, strict=True):
        for place in np.ndindex(gradient.shape):
            sums = []
            for step in (1e-5, -1e-5):
                moved = arrays[name].copy()
                moved[place] += step
                sums.append((next(iter(session.run(None, arrays | {name: moved}))) * dout).sum())
            measured = (sums[0] - sums[1]) / 2e-5
            assert gradient[place] == pytest.approx(measured, rel=1e-6, abs=1e-8)


def test_dtypes_and_arguments() -> None:
    arrays = draw((3, 5), (3, 2), (4, 2), (4, 5), (3, 4))
    copies = [array.copy() for array in arrays]
    for dtype in (np.float32, np.float64):
        got = attention_backward(*(array.astype(dtype) for array in arrays))
        assert [gradient.dtype for gradient in got] == [dtype] * 3
    attention_backward(*arrays)
    for array, copy in zip(arrays, copies, strict=True):
        np.testing.assert_array_equal(array, copy)
    small = [np.full(array.shape, 100, np.int8) for array in arrays]
    assert attention_backward(*small)[2].tolist() == [[30_000.0] * 5] * 4


def test_a_query_that_sees_nothing_adds_nothing() -> None:
    dout, Q, K, V = draw((3, 5), (3, 2), (4, 2), (4, 5))
    A = weights(Q, K)
    A[1] = 0
    dQ, dK, dV = attention_backward(dout, Q, K, V, A)
    assert not dQ[1].any()
    others = attention_backward(dout[::2], Q[::2], K, V, A[::2])
    np.testing.assert_allclose(dK, others[1], rtol=1e-12)
    np.testing.assert_allclose(dV, others[2], rtol=1e-12)


def test_what_is_refused() -> None:
    arrays = draw((3, 5), (3, 2), (4, 2), (4, 5), (3, 4))
    for place in range(5):
        for wrong in (
            arrays[place][0],
            arrays[place][:1],
            arrays[place][:, :1],
            arrays[place][None],
        ):
            with pytest.raises(ValueError, match=r"must be|two dimensions"):
                attention_backward(*(wrong if i == place else a for i, a in enumerate(arrays)))
    empty = attention_backward(*(np.empty((0, *a.shape)) for a in arrays))
    assert [g.shape for g in empty] == [(0, 3, 2), (0, 4, 2), (0, 4, 5)]
