"""A recurrent layer and backpropagation through time, compared with ONNX and complex steps."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

from refnn.digits.data import frozen_split
from refnn.init.schemes import lecun_normal
from refnn.memory.rnn import RNN, train_on_rows

Floats = NDArray[np.floating[Any]]
Jacobian = Callable[[Callable[[Any], Any], Floats], Floats]
SPLIT = frozen_split()


def by_onnx(x: Floats, params: dict[str, Floats], h0: Floats) -> Any:
    """Return all states, computed by the operator RNN of ONNX, which has the steps first."""
    inputs = {
        "X": x.transpose(1, 0, 2),
        "W": params["Wx"].T[np.newaxis],
        "R": params["Wh"].T[np.newaxis],
        "B": np.concatenate([params["b"], 0 * params["b"]])[np.newaxis],
        "h": h0[np.newaxis],
    }
    names = ["X", "W", "R", "B", "", "h"]
    node = helper.make_node("RNN", names, ["Y"], hidden_size=len(params["b"]))
    values = [helper.make_tensor_value_info(n, TensorProto.DOUBLE, None) for n in inputs]
    outputs = [helper.make_tensor_value_info("Y", TensorProto.DOUBLE, None)]
    graph = helper.make_graph([node], "rnn", values, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)])
    got: Any = ReferenceEvaluator(model).run(None, inputs)
    return got[0][:, 0].transpose(1, 0, 2)


def states(x: Any, Wx: Any, Wh: Any, b: Any, h: Any) -> Any:
    """Compute all states, for complex numbers too."""
    found = []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ Wx + h @ Wh + b)
        found.append(h)
    return np.stack(found, axis=1)


def draw(n: int, steps: int, n_in: int, n_hidden: int) -> tuple[RNN, Floats, Floats, Floats]:
    rng = np.random.default_rng(0)
    layer = RNN(n_in, n_hidden, rng)
    layer.params["b"][...] = rng.normal(size=n_hidden)
    x, h0 = rng.normal(size=(n, steps, n_in)), rng.uniform(-1, 1, (n, n_hidden))
    return layer, x, h0, rng.normal(size=(n, steps, n_hidden))


SIZES = [(1, 1, 2, 3), (3, 5, 2, 4), (2, 4, 3, 2)]


@pytest.mark.parametrize("size", SIZES)
def test_states_are_those_of_onnx(size: tuple[int, int, int, int]) -> None:
    layer, x, h0, _ = draw(*size)
    np.testing.assert_allclose(
        layer.forward(x, h0=h0), by_onnx(x, layer.params, h0), rtol=1e-9, atol=1e-12
    )
    zeros = by_onnx(x, layer.params, 0 * h0)
    np.testing.assert_allclose(layer.forward(x), zeros, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("size", SIZES)
def test_gradients_are_those_of_complex_steps(
    size: tuple[int, int, int, int], complex_jacobian: Jacobian
) -> None:
    layer, x, h0, dhs = draw(*size)
    layer.forward(x, training=True, h0=h0)
    layer.forward(2 * x)
    dx = layer.backward(dhs)
    Wx, Wh, b = (layer.params[name] for name in ("Wx", "Wh", "b"))
    for got, f, at in (
        (dx, lambda v: states(v, Wx, Wh, b, h0), x),
        (layer.grads["Wx"], lambda v: states(x, v, Wh, b, h0), Wx),
        (layer.grads["Wh"], lambda v: states(x, Wx, v, b, h0), Wh),
        (layer.grads["b"], lambda v: states(x, Wx, Wh, v, h0), b),
    ):
        expected = np.tensordot(dhs, complex_jacobian(f, at), axes=3)
        np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-12)


def test_the_numbers_of_the_lesson() -> None:
    layer = RNN(1, 1, np.random.default_rng(0))
    layer.params["Wx"][...], layer.params["Wh"][...] = 1.0, 0.5
    hs = layer.forward([[[1], [0]]], training=True)
    assert hs.ravel().round(4).tolist() == [0.7616, 0.3634]
    dx = layer.backward([[[0], [1]]])
    assert dx.ravel().round(4).tolist() == [0.1823, 0.8679]
    assert layer.grads["Wx"].round(4).tolist() == [[0.1823]]
    assert layer.grads["Wh"].round(4).tolist() == [[0.6610]]
    assert layer.grads["b"].round(4)[0] == pytest.approx(1.0502, abs=1e-4)
    assert round(0.5 * dx.ravel()[1], 4) == 0.4340
    assert round(0.9**50, 4) == 0.0052
    assert round(1.1**50) == 117


def test_two_halves_are_the_whole() -> None:
    layer, x, h0, _ = draw(2, 7, 3, 4)
    whole = layer.forward(x, h0=h0)
    first = layer.forward(x[:, :3], h0=h0)
    second = layer.forward(x[:, 3:], h0=first[:, -1])
    assert np.concatenate([first, second], axis=1).tolist() == whole.tolist()


def test_a_new_layer_and_its_gradients() -> None:
    layer = RNN(3, 5, np.random.default_rng(7))
    rng = np.random.default_rng(7)
    assert layer.params["Wx"].tolist() == lecun_normal(3, 5, rng).tolist()
    assert layer.params["Wh"].tolist() == lecun_normal(5, 5, rng).tolist()
    assert not layer.params["b"].any()
    held = dict(layer.grads)
    x, dhs = rng.normal(size=(2, 4, 3)), rng.normal(size=(2, 4, 5))
    layer.forward(x, training=True)
    layer.backward(dhs)
    once = {name: array.copy() for name, array in layer.grads.items()}
    layer.backward(dhs)
    for name, array in layer.grads.items():
        np.testing.assert_allclose(array, 2 * once[name], rtol=1e-12)
    layer.zero_grad()
    for name, array in layer.grads.items():
        assert array is held[name]
        assert not array.any()
    assert layer.forward(x[:0]).shape == (0, 4, 5)


def test_what_is_refused() -> None:
    layer, x, h0, dhs = draw(2, 4, 3, 5)
    with pytest.raises(RuntimeError):
        layer.backward(dhs)
    layer.forward(x, training=True)
    for wrong in (x[0], x[..., :1], x[np.newaxis]):
        with pytest.raises(ValueError, match="x must be"):
            layer.forward(wrong)
    for wrong in (h0[:1], h0[0], h0.T):
        with pytest.raises(ValueError, match="h0 must be"):
            layer.forward(x, h0=wrong)
    for wrong in (dhs[:1], dhs[:, -1], dhs[..., :1]):
        with pytest.raises(ValueError, match="dhs must be"):
            layer.backward(wrong)
    assert not layer.grads["b"].any()


def test_the_digits_are_read_row_by_row() -> None:
    rnn, head = train_on_rows(SPLIT.X_train, SPLIT.y_train, np.random.default_rng(0))
    hs = by_onnx(SPLIT.X_test.reshape(-1, 8, 8), rnn.params, np.zeros((len(SPLIT.X_test), 64)))
    logits = hs[:, -1] @ head.params["W"] + head.params["b"]
    assert (logits.argmax(axis=1) == SPLIT.y_test).mean() >= 0.96


def test_training_depends_on_the_seed_only() -> None:
    X, y = SPLIT.X_train[:40], SPLIT.y_train[:40]
    one, same, other = (train_on_rows(X, y, np.random.default_rng(s), 3) for s in (1, 1, 2))
    for place in (0, 1):
        for name, array in one[place].params.items():
            assert np.array_equal(array, same[place].params[name])
            assert not np.array_equal(array, other[place].params[name])
    assert not train_on_rows(X, y, np.random.default_rng(1), 0)[0].params["b"].any()
