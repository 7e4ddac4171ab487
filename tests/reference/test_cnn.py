"""The convolutional network for digits, compared with ONNX, and the numbers of its lesson."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from refnn.conv.cnn import ToImages, build_cnn, param_count, train_cnn
from refnn.conv.pool import MaxPool2D
from refnn.digits.capstone import build_model
from refnn.digits.data import frozen_split

Floats = NDArray[np.floating[Any]]
SPLIT = frozen_split()


def by_onnx(params: dict[str, Floats], X: Floats) -> Any:
    """Return the predictions of the reference's layers, computed by ONNX."""
    nodes = [
        helper.make_node("Reshape", ["X", "sides"], ["x"]),
        helper.make_node("Conv", ["x", "1.w", "1.b"], ["c1"], pads=[1] * 4),
        helper.make_node("Relu", ["c1"], ["r1"]),
        helper.make_node("MaxPool", ["r1"], ["p1"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Conv", ["p1", "4.w", "4.b"], ["c2"], pads=[1] * 4),
        helper.make_node("Relu", ["c2"], ["r2"]),
        helper.make_node("MaxPool", ["r2"], ["p2"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Flatten", ["p2"], ["f"]),
        helper.make_node("Gemm", ["f", "8.W", "8.b"], ["z"]),
        helper.make_node("Softmax", ["z"], ["p"], axis=1),
    ]
    constants = {**params, "sides": np.array([len(X), 1, 8, 8])}
    graph = helper.make_graph(
        nodes,
        "cnn",
        [helper.make_tensor_value_info("X", TensorProto.DOUBLE, None)],
        [helper.make_tensor_value_info("p", TensorProto.DOUBLE, None)],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    got: Any = ReferenceEvaluator(model).run(None, {"X": X})
    return got[0]


def test_predictions_are_those_of_onnx() -> None:
    model = train_cnn(SPLIT.X_train[:96], SPLIT.y_train[:96], np.random.default_rng(3), 2)
    X = SPLIT.X_test[:7]
    np.testing.assert_allclose(model.predict(X), by_onnx(model.params, X), rtol=1e-9, atol=1e-12)


def test_the_numbers_of_the_lesson() -> None:
    model = build_cnn(np.random.default_rng(0))
    assert param_count(model) == 1898 == 80 + 1168 + 650
    assert param_count(build_model(np.random.default_rng(0))) == 17226
    assert 8 * 64 * 9 + 16 * 16 * 72 + 640 == 23_680
    assert 64 * 128 + 128 * 64 + 640 == 17_024
    x = SPLIT.X_test[:5]
    shapes = []
    for layer in model.layers:
        x = layer.forward(x)
        shapes.append(x.shape[1:])
    assert shapes[0] == (1, 8, 8)
    assert shapes[1] == (8, 8, 8)
    assert shapes[3] == (8, 4, 4)
    assert shapes[6] == (16, 2, 2)
    assert shapes[-1] == (10,)
    with pytest.raises(ValueError, match="fit"):
        MaxPool2D(2).forward(np.zeros((1, 16, 1, 1)))
    # Sixteen filters of the second convolution, as the prediction asks.
    assert model.params["4.w"].size == 1152


def test_a_new_network_guesses() -> None:
    scaled, drawn = [], []
    for seed in range(30):
        model = build_cnn(np.random.default_rng(seed))
        scaled.append(model.evaluate(SPLIT.X_train, SPLIT.y_train)[0])
        model.params["8.W"][...] *= 10
        drawn.append(model.evaluate(SPLIT.X_train, SPLIT.y_train)[0])
    assert np.log(10) * 0.99 < min(scaled)
    assert max(scaled) < np.log(10) * 1.02
    assert np.median(drawn) == pytest.approx(2.70, abs=0.01)


def test_the_digits_are_read_and_shifts_disturb() -> None:
    def right(X: Floats) -> float:
        return float((model.predict(X).argmax(axis=1) == SPLIT.y_test).mean())

    model = train_cnn(SPLIT.X_train, SPLIT.y_train, np.random.default_rng(0))
    assert right(SPLIT.X_test) >= 0.97
    moved = np.zeros((len(SPLIT.X_test), 8, 8))
    moved[:, :, 1:] = SPLIT.X_test.reshape(-1, 8, 8)[:, :, :-1]
    assert 0.5 < right(moved.reshape(-1, 64)) < 0.8


def test_training_depends_on_the_seed_only() -> None:
    X, y = SPLIT.X_train[:40], SPLIT.y_train[:40]
    one, same, other = (train_cnn(X, y, np.random.default_rng(s), 1) for s in (1, 1, 2))
    none = train_cnn(X, y, np.random.default_rng(1), 0)
    start = build_cnn(np.random.default_rng(1))
    for name, array in one.params.items():
        assert np.array_equal(array, same.params[name])
        assert np.array_equal(none.params[name], start.params[name])
        assert not np.array_equal(array, other.params[name])


def test_to_images_is_reshape() -> None:
    layer = ToImages(3, 4)
    x = np.arange(24.0).reshape(2, 12)
    with pytest.raises(RuntimeError):
        layer.backward(x.reshape(2, 1, 3, 4))
    images = layer.forward(x, training=True)
    assert images.tolist() == x.reshape(2, 1, 3, 4).tolist()
    layer.forward(x[:1])
    assert layer.backward(images).tolist() == x.tolist()
    assert layer.forward(x[:0]).shape == (0, 1, 3, 4)
    layer.zero_grad()
    assert (layer.params, layer.grads) == ({}, {})
    for wrong in (x[:, :6], x[0], x.reshape(2, 3, 4), np.zeros((2, 24))):
        with pytest.raises(ValueError, match="x must be"):
            layer.forward(wrong)
    for wrong in (images[:1], x, images[0], images.transpose(0, 1, 3, 2)):
        with pytest.raises(ValueError, match="dout"):
            layer.backward(wrong)
