"""Pooling and its gradients, compared with ONNX, scipy and complex steps."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from scipy.ndimage import maximum_filter

from refnn.conv.pool import AvgPool2D, Flatten, MaxPool2D
from refnn.digits.data import load_digits

Floats = NDArray[np.floating[Any]]
Jacobian = Callable[[Callable[[Any], Any], Floats], Floats]
cases = pytest.mark.parametrize(
    ("shape", "size", "stride"),
    [
        ((1, 1, 4, 4), 2, 2),
        ((2, 3, 5, 7), 2, 1),
        ((3, 2, 7, 6), 3, 2),
        ((1, 2, 8, 5), 2, 3),
        ((2, 1, 3, 4), 3, 1),
    ],
)


def by_onnx(kind: str, x: Floats, size: int, stride: int) -> Any:
    node = helper.make_node(kind, ["x"], ["y"], kernel_shape=[size, size], strides=[stride, stride])
    inputs = [helper.make_tensor_value_info("x", TensorProto.DOUBLE, None)]
    outputs = [helper.make_tensor_value_info("y", TensorProto.DOUBLE, None)]
    graph = helper.make_graph([node], "pool", inputs, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    got: Any = ReferenceEvaluator(model).run(None, {"x": x})
    return got[0]


def means(x: Any, size: int, stride: int) -> Any:
    """Compute the means as a product with matrices, for complex numbers too."""
    down, along = (
        np.array([(np.arange(n) - i) // size == 0 for i in range(0, n - size + 1, stride)]) / size
        for n in x.shape[2:]
    )
    return down @ x @ along.T


def test_the_numbers_of_the_lesson() -> None:
    x = np.array([[[[1, 3, 2, 0], [4, 2, 1, 1], [0, 1, 5, 6], [2, 0, 7, 3]]]])
    layer, mean = MaxPool2D(2), AvgPool2D(2)
    assert layer.forward(x, training=True).tolist() == [[[[4, 2], [2, 7]]]]
    assert mean.forward(x, training=True).tolist() == [[[[2.5, 1], [0.75, 5.25]]]]
    dx = layer.backward([[[[1, 2], [3, 4]]]])
    assert dx.tolist() == [[[[0, 0, 2, 0], [1, 0, 0, 0], [0, 0, 0, 0], [3, 0, 4, 0]]]]
    shared = mean.backward([[[[1, 2], [3, 4]]]])[0, 0]
    assert shared[:2, :2].tolist() == [[0.25] * 2] * 2
    assert shared[2:, 2:].tolist() == [[1] * 2] * 2
    # the prediction
    layer.forward(np.zeros((1, 1, 4, 4)), training=True)
    assert layer.backward(np.ones((1, 1, 2, 2))).sum() == 4


def test_what_the_lesson_says_about_the_digits() -> None:
    images = load_digits()[0].reshape(-1, 1, 8, 8)
    windows = np.stack([images[..., i::2, j::2] for i in range(2) for j in range(2)])
    tied = (windows == windows.max(axis=0)).sum(axis=0) > 1
    assert round(100 * tied.mean()) == 41
    moved = np.zeros_like(images)
    moved[..., 1:] = images[..., :-1]
    before, after = (MaxPool2D(2).forward(x) for x in (images, moved))
    seen = (before > 0) | (after > 0)
    assert round(100 * (before != after)[seen].mean()) == 69


@cases
def test_outputs_are_those_of_onnx_and_scipy(
    shape: tuple[int, ...], size: int, stride: int
) -> None:
    x = np.random.default_rng(0).normal(size=shape)
    for layer, kind in (
        (MaxPool2D(size, stride), "MaxPool"),
        (AvgPool2D(size, stride), "AveragePool"),
    ):
        np.testing.assert_allclose(
            layer.forward(x), by_onnx(kind, x, size, stride), rtol=1e-12, atol=1e-14
        )
    origin = (0, 0, -(size // 2), -(size // 2))
    filtered = maximum_filter(x, (1, 1, size, size), origin=origin)
    down, along = (slice(0, n - size + 1, stride) for n in shape[2:])
    assert MaxPool2D(size, stride).forward(x).tolist() == filtered[:, :, down, along].tolist()


@cases
def test_gradients_are_those_of_complex_steps(
    shape: tuple[int, ...], size: int, stride: int, complex_jacobian: Jacobian
) -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=shape)
    mean, largest = AvgPool2D(size, stride), MaxPool2D(size, stride)
    dout = rng.normal(size=mean.forward(x, training=True).shape)
    jacobian = complex_jacobian(lambda v: means(v, size, stride), x)
    expected = np.tensordot(dout, jacobian, axes=4)
    np.testing.assert_allclose(mean.backward(dout), expected, rtol=1e-10, atol=1e-12)
    # numpy compares complex numbers by their real part first, so max picks the right pixel.
    jacobian = complex_jacobian(lambda v: maxima(v, size, stride), x)
    expected = np.tensordot(dout, jacobian, axes=4)
    largest.forward(x, training=True)
    np.testing.assert_allclose(largest.backward(dout), expected, rtol=1e-10, atol=1e-12)


def maxima(x: Any, size: int, stride: int) -> Any:
    rows, columns = ((n - size) // stride + 1 for n in x.shape[2:])
    out = np.empty((*x.shape[:2], rows, columns), x.dtype)
    for n, c, i, j in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        window = x[n, c, top : top + size, left : left + size].ravel()
        out[n, c, i, j] = max(window, key=lambda z: z.real)
    return out


def test_equal_pixels_get_the_gradient_once() -> None:
    layer = MaxPool2D(2)
    layer.forward(np.zeros((3, 2, 4, 6)), training=True)
    dout = np.random.default_rng(2).normal(size=(3, 2, 2, 3))
    dx = layer.backward(dout)
    np.testing.assert_allclose(4 * AvgPool2D(2).forward(dx), dout, rtol=1e-12)


def test_flatten_is_reshape() -> None:
    x = np.arange(120.0).reshape(2, 3, 4, 5)
    layer = Flatten()
    rows = layer.forward(x, training=True)
    assert rows.tolist() == [x[0].ravel().tolist(), x[1].ravel().tolist()]
    assert layer.backward(rows).tolist() == x.tolist()
    assert layer.forward(x[:0]).shape == (0, 60)
    assert layer.backward(rows).shape == x.shape


def test_dtypes_and_empty_batches() -> None:
    x = np.random.default_rng(3).normal(size=(2, 3, 4, 6)).astype(np.float32)
    for layer in (MaxPool2D(2), AvgPool2D(2)):
        out = layer.forward(x, training=True)
        assert [str(a.dtype) for a in (out, layer.backward(out))] == ["float32", "float32"]
        assert layer.forward(x.astype(int)).dtype == np.float64
        none = layer.forward(x[:0], training=True)
        assert none.shape == (0, 3, 2, 3)
        assert layer.backward(none).shape == (0, 3, 4, 6)
        assert (layer.params, layer.grads) == ({}, {})
        layer.zero_grad()


@pytest.mark.parametrize("make", [lambda: MaxPool2D(2), lambda: AvgPool2D(2), Flatten])
def test_what_is_refused(make: Callable[[], Any]) -> None:
    x = np.random.default_rng(4).normal(size=(2, 3, 4, 6))
    layer = make()
    out = layer.forward(x)
    with pytest.raises(RuntimeError):
        layer.backward(out)
    layer.forward(x, training=True)
    layer.forward(x[:1])
    assert layer.backward(out).shape == x.shape
    for wrong in (out[:1], out[0], x, out[..., :1]):
        with pytest.raises(ValueError, match="dout"):
            layer.backward(wrong)


@pytest.mark.parametrize("make", [MaxPool2D, AvgPool2D])
def test_images_that_do_not_fit(make: Callable[[int], Any]) -> None:
    for shape in ((3, 4, 5), (1, 2, 3, 2), (1, 2, 2, 3), (1, 1, 2, 3, 4)):
        with pytest.raises(ValueError, match=r"unpack|fit"):
            make(3).forward(np.zeros(shape))
