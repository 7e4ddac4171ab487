"""Batch normalization, compared with scikit-learn, with onnx and with complex steps."""

from typing import Any

import numpy as np
import onnx
import pytest
from onnx.reference import ReferenceEvaluator
from sklearn.preprocessing import StandardScaler

from refnn.layers.batchnorm import BatchNorm
from refnn.layers.dense import Dense

sizes = pytest.mark.parametrize(("n", "d"), [(7, 3), (2, 5), (4, 4), (9, 1)])


def batch(n: int, d: int, seed: int = 0) -> Any:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)) * rng.uniform(0.5, 3, d) + rng.uniform(-3, 3, d)


def make(d: int, eps: float = 1e-5, momentum: float = 0.9) -> BatchNorm:
    layer, rng = BatchNorm(d, momentum, eps), np.random.default_rng(d)
    layer.params["gamma"][...] = rng.uniform(0.5, 2, d)
    layer.params["beta"][...] = rng.normal(size=d)
    return layer


def complex_step(f: Any, arguments: Any, number: int) -> Any:
    """Return the gradient with respect to one argument: Im f(x + ih) / h, not rounded."""
    gradient = np.empty(arguments[number].shape)
    for index in np.ndindex(gradient.shape):
        moved = [a.astype(complex) for a in arguments]
        moved[number][index] += 1e-30j
        gradient[index] = f(*moved).imag / 1e-30
    return gradient


def test_the_numbers_of_the_lesson() -> None:
    layer, x = BatchNorm(1, eps=0.0), np.array([[1], [5], [1], [5]])
    assert layer.forward(x, training=True).ravel().tolist() == [-1, 1, -1, 1]
    assert layer.backward([[8], [0], [0], [0]]).ravel().tolist() == [2, 0, -2, 0]
    assert layer.backward(np.ones((4, 1))).ravel().tolist() == [0, 0, 0, 0]
    assert layer.running_mean == pytest.approx([0.3])
    assert layer.running_var == pytest.approx([1.3])
    assert layer.forward([[5]])[0, 0] == pytest.approx(4.12, abs=0.005)
    sample = np.random.default_rng(1).normal(size=8)
    assert (sample / sample.std(ddof=1)).std() == pytest.approx(0.935, abs=0.0005)


@sizes
def test_training_scales_as_scikit_learn_does(n: int, d: int) -> None:
    x = batch(n, d)
    scaler = StandardScaler().fit(x)
    layer = BatchNorm(d, momentum=0.0, eps=1e-12)
    got = layer.forward(x, training=True)
    np.testing.assert_allclose(got, scaler.transform(x), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(layer.running_mean, scaler.mean_, rtol=1e-12)
    np.testing.assert_allclose(layer.running_var, scaler.var_, rtol=1e-12)
    other = batch(5, d, seed=3)
    np.testing.assert_allclose(layer.forward(other), scaler.transform(other), rtol=1e-9, atol=1e-9)


@sizes
@pytest.mark.parametrize("training", [True, False])
def test_outputs_and_running_statistics_are_those_of_onnx(n: int, d: int, training: bool) -> None:
    helper, double = onnx.helper, onnx.TensorProto.DOUBLE
    inputs = ["x", "gamma", "beta", "mean", "var"]
    outputs = ["y", "new_mean", "new_var"] if training else ["y"]
    node = helper.make_node(
        "BatchNormalization", inputs, outputs, epsilon=0.01, momentum=0.75,
        training_mode=int(training),
    )  # fmt: skip
    graph = helper.make_graph(
        [node],
        "batchnorm",
        [helper.make_tensor_value_info(name, double, None) for name in inputs],
        [helper.make_tensor_value_info(name, double, None) for name in outputs],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)])
    layer = make(d, eps=0.01, momentum=0.75)
    layer.forward(batch(6, d, seed=8), training=True)
    x = batch(n, d)
    feeds = {"x": x, "mean": layer.running_mean, "var": layer.running_var, **layer.params}
    evaluator: Any = ReferenceEvaluator(model)
    expected = evaluator.run(None, feeds)
    got = layer.forward(x, training=training)
    np.testing.assert_allclose(got, expected[0], rtol=1e-6, atol=1e-6)
    if training:
        np.testing.assert_allclose(layer.running_mean, expected[1], rtol=1e-6, atol=1e-6)
        np.testing.assert_allclose(layer.running_var, expected[2], rtol=1e-6, atol=1e-6)


@sizes
def test_gradients_are_those_of_complex_steps(n: int, d: int) -> None:
    layer, x = make(d), batch(n, d)
    dout = np.random.default_rng(5).normal(size=(n, d))

    def loss(x: Any, gamma: Any, beta: Any) -> Any:
        centred = x - x.mean(axis=0)
        out = gamma * centred / np.sqrt((centred**2).mean(axis=0) + 1e-5) + beta
        return (out * dout).sum()

    arguments = (x, layer.params["gamma"], layer.params["beta"])
    expected = [complex_step(loss, arguments, number) for number in range(3)]
    layer.forward(x, training=True)
    d_x = layer.backward(dout)
    for got, right in zip((d_x, *layer.grads.values()), expected, strict=True):
        np.testing.assert_allclose(got, right, rtol=1e-8, atol=1e-9)
    x_hat = (layer.forward(x, training=True) - layer.params["beta"]) / layer.params["gamma"]
    np.testing.assert_allclose(d_x.sum(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose((d_x * x_hat).sum(axis=0), 0, atol=1e-3)
    layer.backward(dout)
    np.testing.assert_allclose(layer.grads["beta"], 2 * dout.sum(axis=0), rtol=1e-9)
    held = layer.grads["beta"]
    layer.zero_grad()
    assert held is layer.grads["beta"]
    assert not held.any()


def test_larger_weights_before_the_layer_change_nothing() -> None:
    dense, x = Dense(4, 3, np.random.default_rng(0)), batch(9, 4)
    layer = BatchNorm(3, eps=1e-12)
    first = layer.forward(dense.forward(x), training=True)
    dense.params["W"][...] *= 1000
    dense.params["b"][...] += 7
    second = layer.forward(dense.forward(x), training=True)
    np.testing.assert_allclose(first, second, rtol=1e-7, atol=1e-9)


def test_one_sample_and_none() -> None:
    layer = make(3)
    assert (layer.forward([[1, 2, 3]], training=True) == layer.params["beta"]).all()
    assert not layer.backward([[1, -2, 3]]).any()
    assert layer.forward(np.empty((0, 3))).shape == (0, 3)
    before = layer.running_mean.copy()
    with pytest.raises(ValueError, match="at least one"):
        layer.forward(np.empty((0, 3)), training=True)
    assert (layer.running_mean == before).all()


def test_measuring_disturbs_nothing() -> None:
    layer, x = make(3), batch(6, 3)
    layer.forward(x, training=True)
    first, mean = layer.backward(x), layer.running_mean.copy()
    whole = layer.forward(5 * x)
    for row, expected in zip(x, whole, strict=True):
        np.testing.assert_allclose(layer.forward(5 * row[np.newaxis])[0], expected, rtol=1e-12)
    assert (layer.running_mean == mean).all()
    assert (layer.backward(x) == first).all()


def test_a_column_far_from_zero() -> None:
    x = np.array([[1e7 - 1, 0.7], [1e7 + 1, 0.7]])
    got = BatchNorm(2).forward(x, training=True)
    np.testing.assert_allclose(got, [[-1, 0], [1, 0]], rtol=1e-5, atol=1e-9)


def test_what_is_refused() -> None:
    layer = make(3)
    with pytest.raises(RuntimeError):
        layer.backward(np.ones((4, 3)))
    for shape in ((3,), (4, 1), (4, 2), (2, 3, 3)):
        with pytest.raises(ValueError, match="x must"):
            layer.forward(np.ones(shape))
    layer.forward(batch(4, 3), training=True)
    for shape in ((3,), (1, 3), (4, 1), (1, 4, 3)):
        with pytest.raises(ValueError, match="dout"):
            layer.backward(np.ones(shape))
    assert not layer.grads["gamma"].any()
    assert not layer.grads["beta"].any()
