"""Layer normalization and positions, compared with onnx, scikit-learn, complex steps and mpmath."""

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx.reference import ReferenceEvaluator
from sklearn.preprocessing import scale

from refnn.attention.attention import attention
from refnn.attention.layernorm import LayerNorm, sinusoidal_positions

Floats = NDArray[np.floating[Any]]
Jacobian = Callable[[Callable[[Any], Any], Floats], Floats]
shapes = pytest.mark.parametrize("shape", [(5,), (7, 3), (2, 3, 4), (3, 1, 2, 5)])


def tokens(*shape: int, seed: int = 0) -> Floats:
    rng = np.random.default_rng(seed)
    ones = (*shape[:-1], 1)
    return rng.normal(size=shape) * rng.uniform(0.5, 3, ones) + rng.uniform(-3, 3, ones)


def make(d: int, eps: float = 1e-5) -> LayerNorm:
    layer, rng = LayerNorm(d, eps), np.random.default_rng(d)
    layer.params["gamma"][...] = rng.uniform(0.5, 2, d)
    layer.params["beta"][...] = rng.normal(size=d)
    return layer


def test_the_numbers_of_the_lesson() -> None:
    layer, x = LayerNorm(4, eps=0.0), [1, 3, 3, 9]
    np.testing.assert_allclose(layer.forward(x, training=True), [-1, -1 / 3, -1 / 3, 5 / 3])
    np.testing.assert_allclose(layer.forward([10, 30, 30, 90]), layer.forward(x), rtol=1e-12)
    np.testing.assert_allclose(layer.backward([18, 0, 0, 0]), [3, -2, -2, 1], rtol=1e-12)
    np.testing.assert_allclose(layer.backward(np.ones(4)), np.zeros(4), atol=1e-15)
    assert np.std(np.array(x) / np.std(x, ddof=1)) == pytest.approx(0.866, abs=0.0005)
    first = sinusoidal_positions(2, 4).round(3).tolist()
    assert first == [[0, 1, 0, 1], [0.841, 0.54, 0.01, 1]]
    P = sinusoidal_positions(40, 4)
    np.testing.assert_allclose((P[:35] * P[5:]).sum(axis=1), 1.2824, atol=5e-5)


def test_rows_are_scaled_as_scikit_learn_does() -> None:
    x = tokens(6, 4)
    np.testing.assert_allclose(LayerNorm(4, eps=0.0).forward(x), scale(x, axis=1), rtol=1e-9)


@shapes
def test_outputs_are_those_of_onnx(shape: tuple[int, ...]) -> None:
    helper, double = onnx.helper, onnx.TensorProto.DOUBLE
    names = ["x", "gamma", "beta"]
    node = helper.make_node("LayerNormalization", names, ["y"], axis=-1, epsilon=0.01)
    graph = helper.make_graph(
        [node],
        "layernorm",
        [helper.make_tensor_value_info(name, double, None) for name in names],
        [helper.make_tensor_value_info("y", double, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    layer, x = make(shape[-1], eps=0.01), tokens(*shape)
    evaluator: Any = ReferenceEvaluator(model)
    expected = evaluator.run(None, {"x": x, **layer.params})[0]
    for training in (False, True):
        got = layer.forward(x, training=training)
        np.testing.assert_allclose(got, expected, rtol=1e-6, atol=1e-6)


@shapes
def test_gradients_are_those_of_complex_steps(
    shape: tuple[int, ...], complex_jacobian: Jacobian
) -> None:
    layer, x, dout = make(shape[-1]), tokens(*shape), tokens(*shape, seed=5)
    gamma, beta = layer.params["gamma"], layer.params["beta"]

    def outputs(x: Any, gamma: Any, beta: Any) -> Any:
        centred = x - x.mean(axis=-1, keepdims=True)
        var = (centred**2).mean(axis=-1, keepdims=True)
        return (gamma * centred / np.sqrt(var + 1e-5) + beta).ravel()

    layer.forward(x, training=True)
    for times in (1, 2):
        got = {"x": layer.backward(dout), **layer.grads}
        for name, f, array, factor in (
            ("x", lambda v: outputs(v, gamma, beta), x, 1),
            ("gamma", lambda v: outputs(x, v, beta), gamma, times),
            ("beta", lambda v: outputs(x, gamma, v), beta, times),
        ):
            expected = np.tensordot(dout.ravel(), complex_jacobian(f, array), 1)
            np.testing.assert_allclose(got[name], factor * expected, rtol=1e-8, atol=1e-9)
    held = layer.grads["gamma"]
    layer.zero_grad()
    assert held is layer.grads["gamma"]
    assert not held.any()
    assert not layer.grads["beta"].any()


def test_tokens_do_not_depend_on_each_other() -> None:
    layer, x = make(4), tokens(2, 3, 4)
    whole = layer.forward(x, training=True)
    first = layer.backward(x)
    for place in np.ndindex(2, 3):
        np.testing.assert_allclose(layer.forward(x[place]), whole[place], rtol=1e-14)
    assert (layer.backward(x) == first).all()


def test_equal_features_single_features_and_none() -> None:
    layer = make(3)
    assert (layer.forward([7, 7, 7]) == layer.params["beta"]).all()
    far = LayerNorm(2).forward([1e7 - 1, 1e7 + 1])
    np.testing.assert_allclose(far, [-1, 1], rtol=1e-5)
    single = make(1)
    assert (single.forward([[5], [-2]], training=True) == single.params["beta"]).all()
    assert not single.backward([[3], [1]]).any()
    for shape in ((0, 3), (2, 0, 3)):
        assert layer.forward(np.empty(shape), training=True).shape == shape
        assert layer.backward(np.empty(shape)).shape == shape
    assert not layer.grads["gamma"].any()


def test_positions_are_exact() -> None:
    for T, d in ((1, 2), (7, 6), (50, 10)):
        P = sinusoidal_positions(T, d)
        assert P.shape == (T, d)
        assert P.dtype == np.float64
        with mpmath.workdps(40):
            for t, j in np.ndindex(T, d):
                angle = t / mpmath.power(10000, mpmath.mpf(j - j % 2) / d)
                exact = mpmath.cos(angle) if j % 2 else mpmath.sin(angle)
                assert P[t, j] == pytest.approx(float(exact), abs=1e-14)
    assert sinusoidal_positions(0, 4).shape == (0, 4)


def test_a_step_is_a_rotation() -> None:
    """The same matrix leads from each position to the one k further."""
    P, k = sinusoidal_positions(60, 8), 7
    rotation, residuals, rank, _ = np.linalg.lstsq(P[:-k], P[k:], rcond=None)
    assert rank == 8
    assert (residuals < 1e-20).all()
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(8), atol=1e-8)
    blocks = np.kron(np.eye(4), np.ones((2, 2)))
    np.testing.assert_allclose(rotation * (1 - blocks), 0, atol=1e-8)


def test_only_positions_tell_attention_the_order() -> None:
    x, order = tokens(6, 4), np.array([3, 0, 5, 1, 4, 2])
    last = np.array([order.tolist().index(0)])
    out, mixed = attention(x, x, x)[0][:1], attention(x[order], x[order], x[order])[0][last]
    np.testing.assert_allclose(out, mixed, rtol=1e-12)
    placed, moved = x + sinusoidal_positions(6, 4), x[order] + sinusoidal_positions(6, 4)
    out, mixed = attention(placed, placed, placed)[0][:1], attention(moved, moved, moved)[0][last]
    assert not np.isclose(out, mixed).any()


def test_what_is_refused() -> None:
    layer = make(3)
    with pytest.raises(RuntimeError):
        layer.backward(np.ones((4, 3)))
    shapes: list[tuple[int, ...]] = [(), (4, 1), (4, 2), (2, 3, 1)]
    for shape in shapes:
        with pytest.raises(ValueError, match="x must"):
            layer.forward(np.ones(shape))
    layer.forward(tokens(4, 3), training=True)
    for shape in ((3,), (1, 3), (4, 1), (1, 4, 3)):
        with pytest.raises(ValueError, match="dout"):
            layer.backward(np.ones(shape))
    assert not layer.grads["gamma"].any()
    assert not layer.grads["beta"].any()
    with pytest.raises(ValueError, match="even"):
        sinusoidal_positions(4, 5)
