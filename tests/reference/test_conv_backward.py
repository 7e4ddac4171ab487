"""The gradients of a convolution, compared with complex steps, ONNX, scipy, and a whole matrix."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from scipy.signal import convolve2d, correlate2d

from refnn.conv.backward import Conv2D, conv2d_backward
from refnn.conv.forward import conv2d, im2col
from refnn.init.schemes import he_normal

Floats = NDArray[np.floating[Any]]
Jacobian = Callable[[Callable[[Any], Any], Floats], Floats]
cases = pytest.mark.parametrize(
    ("images", "filters", "stride", "pad"),
    [
        ((1, 1, 3, 3), (1, 2, 2), 1, 0),
        ((2, 3, 4, 5), (2, 3, 2), 1, 1),
        ((1, 2, 5, 6), (3, 2, 3), 2, 0),
        ((2, 1, 5, 4), (2, 3, 3), 2, 1),
        ((1, 1, 7, 6), (2, 2, 1), 3, 0),
    ],
)


def by_sums(x: Any, w: Any, stride: int, pad: int) -> Any:
    """Compute the outputs weight by weight, for complex numbers too."""
    wide = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    kh, kw = w.shape[2:]
    rows, columns = wide.shape[2] - kh + 1, wide.shape[3] - kw + 1
    out = sum(
        np.einsum("nchw,fc->nfhw", wide[:, :, p : p + rows, q : q + columns], w[:, :, p, q])
        for p in range(kh)
        for q in range(kw)
    )
    return out[:, :, ::stride, ::stride]


def draw(
    images: tuple[int, ...], filters: tuple[int, ...], stride: int, pad: int
) -> tuple[Floats, Floats, Floats]:
    rng = np.random.default_rng(0)
    count, kh, kw = filters
    x, w = rng.normal(size=images), rng.normal(size=(count, images[1], kh, kw))
    return rng.normal(size=by_sums(x, w, stride, pad).shape), x, w


def test_the_numbers_of_the_lesson() -> None:
    x, w = np.arange(1.0, 10.0).reshape(1, 1, 3, 3), [[[[1, 2], [0, -1]]]]
    dx, dw, db = conv2d_backward([[[[1, 2], [3, 4]]]], x, w)
    assert dx.tolist() == [[[[1, 4, 4], [3, 9, 6], [0, -3, -4]]]]
    assert dw.tolist() == [[[[37, 47], [67, 77]]]]
    assert db.tolist() == [10]
    turned = conv2d_backward([[[[1, 2], [3, 4]]]], x, np.asarray(w)[..., ::-1, ::-1])
    assert turned[0][0, 0, 0, 0] == -1
    a = np.zeros(1)
    a[[0, 0]] += 1
    assert a[0] == 1
    # the prediction
    counts = conv2d_backward(np.ones((1, 1, 3, 3)), np.zeros((1, 1, 5, 5)), np.ones((1, 1, 3, 3)))
    assert (counts[0][0, 0, 2, 2], counts[0][0, 0, 0, 0]) == (9, 1)
    unread = conv2d_backward(
        np.ones((1, 1, 4, 4)), np.zeros((1, 1, 8, 8)), np.ones((1, 1, 1, 1)), 2
    )
    assert (unread[0] == 0).mean() == 0.75


@cases
def test_gradients_are_those_of_complex_steps(
    images: tuple[int, ...],
    filters: tuple[int, ...],
    stride: int,
    pad: int,
    complex_jacobian: Jacobian,
) -> None:
    dout, x, w = draw(images, filters, stride, pad)
    dx, dw, db = conv2d_backward(dout, x, w, stride, pad)
    by_x = complex_jacobian(lambda v: by_sums(v, w, stride, pad), x)
    by_w = complex_jacobian(lambda v: by_sums(x, v, stride, pad), w)
    for got, jacobian in ((dx, by_x), (dw, by_w)):
        expected = np.tensordot(dout, jacobian, axes=4)
        np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(db, [dout[:, f].sum() for f in range(len(w))], rtol=1e-12)


@cases
def test_dx_is_the_transposed_convolution_of_onnx(
    images: tuple[int, ...], filters: tuple[int, ...], stride: int, pad: int
) -> None:
    dout, x, w = draw(images, filters, stride, pad)
    sizes = zip(images[2:], w.shape[2:], dout.shape[2:], strict=True)
    left_out = [size + 2 * pad - kernel - stride * (count - 1) for size, kernel, count in sizes]
    node = helper.make_node("ConvTranspose", ["x", "w"], ["y"], strides=[stride] * 2, pads=[0] * 4)
    inputs = [helper.make_tensor_value_info(n, TensorProto.DOUBLE, None) for n in node.input]
    outputs = [helper.make_tensor_value_info("y", TensorProto.DOUBLE, None)]
    graph = helper.make_graph([node], "conv", inputs, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    got: Any = ReferenceEvaluator(model).run(None, {"x": dout, "w": w})
    wide = np.pad(got[0], ((0, 0), (0, 0), (0, left_out[0]), (0, left_out[1])))
    expected = wide[:, :, pad : pad + images[2], pad : pad + images[3]]
    dx = conv2d_backward(dout, x, w, stride, pad)[0]
    np.testing.assert_allclose(dx, expected, rtol=1e-10, atol=1e-10)


def test_with_stride_one_both_are_convolutions_of_scipy() -> None:
    dout, x, w = draw((1, 1, 6, 5), (1, 3, 2), 1, 0)
    dx, dw, _ = conv2d_backward(dout, x, w)
    np.testing.assert_allclose(dx[0, 0], convolve2d(dout[0, 0], w[0, 0]), rtol=1e-10, atol=1e-12)
    expected = correlate2d(x[0, 0], dout[0, 0], "valid")
    np.testing.assert_allclose(dw[0, 0], expected, rtol=1e-10, atol=1e-12)


@cases
def test_backward_is_the_adjoint_of_forward(
    images: tuple[int, ...], filters: tuple[int, ...], stride: int, pad: int
) -> None:
    dout, x, w = draw(images, filters, stride, pad)
    dx, dw, _ = conv2d_backward(dout, x, w, stride, pad)
    forward = (conv2d(x, w, np.zeros(len(w)), stride, pad) * dout).sum()
    assert forward == pytest.approx((dx * x).sum(), rel=1e-10)
    assert forward == pytest.approx((dw * w).sum(), rel=1e-10)
    # As a matrix: one row per output, one column per pixel.
    kh, kw = w.shape[2:]
    numbers = im2col(np.arange(1.0, x.size + 1).reshape(x.shape), kh, kw, stride, pad)
    matrix = np.zeros((len(numbers), len(w), x.size + 1))
    for row, pixels in enumerate(numbers.astype(int)):
        for f in range(len(w)):
            np.add.at(matrix[row, f], pixels, w[f].ravel())
    d_rows = np.moveaxis(dout, 1, -1).reshape(len(numbers), len(w))
    expected = np.einsum("rf,rfp->p", d_rows, matrix)[1:].reshape(x.shape)
    np.testing.assert_allclose(dx, expected, rtol=1e-10, atol=1e-10)


def test_dtypes_and_empty_batches() -> None:
    dout, x, w = draw((2, 2, 4, 3), (3, 2, 2), 1, 1)
    small = (dout.astype(np.float32), x.astype(np.float32), w.astype(np.float32))
    assert {a.dtype.name for a in conv2d_backward(*small, 1, 1)} == {"float32"}
    integers = (dout.astype(int), x.astype(int), w.astype(int))
    assert {a.dtype.name for a in conv2d_backward(*integers, 1, 1)} == {"float64"}
    dx, dw, db = conv2d_backward(dout[:0], x[:0], w, 1, 1)
    assert dx.shape == (0, 2, 4, 3)
    assert not dw.any()
    assert not db.any()


def test_a_layer_adds_up_gradients_until_they_are_zeroed() -> None:
    layer = Conv2D(2, 3, (2, 2), np.random.default_rng(1), stride=2, pad=1)
    dout, x, _ = draw((2, 2, 5, 4), (3, 2, 2), 2, 1)
    held = dict(layer.grads)
    for times in (1, 2, 3):
        out = layer.forward(x, training=True)
        np.testing.assert_allclose(out, by_sums(x, layer.params["w"], 2, 1), atol=1e-12)
        layer.forward(2 * x)
        dx, dw, db = conv2d_backward(dout, x, layer.params["w"], 2, 1)
        assert layer.backward(dout).tolist() == dx.tolist()
        np.testing.assert_allclose(layer.grads["w"], times * dw, rtol=1e-12)
        np.testing.assert_allclose(layer.grads["b"], times * db, rtol=1e-12)
    layer.zero_grad()
    for name, array in layer.grads.items():
        assert array is held[name]
        assert not array.any()


def test_a_layer_starts_with_he_weights() -> None:
    layer = Conv2D(3, 4, (3, 2), np.random.default_rng(7))
    drawn = he_normal(18, 4, np.random.default_rng(7))
    for f in range(4):
        assert layer.params["w"][f].ravel().tolist() == drawn[:, f].tolist()
    assert not layer.params["b"].any()
    wide = Conv2D(16, 64, (3, 3), np.random.default_rng(1))
    assert wide.params["w"].var() == pytest.approx(2 / 144, rel=0.05)


def test_what_is_refused() -> None:
    dout, x, w = draw((2, 3, 4, 5), (2, 3, 2), 1, 0)
    for wrong in (dout[:1], dout[:, :1], dout[0], dout.transpose(0, 1, 3, 2), dout[..., :1]):
        with pytest.raises(ValueError, match="dout"):
            conv2d_backward(wrong, x, w)
    for images, filters in ((x[:, :1], w), (x, w[:, :1]), (x[0], w), (x, w[0])):
        with pytest.raises(ValueError, match=r"unpack|reshape"):
            conv2d_backward(dout, images, filters)
    layer = Conv2D(3, 2, (3, 2), np.random.default_rng(0))
    with pytest.raises(RuntimeError):
        layer.backward(dout)
    layer.forward(x)
    with pytest.raises(RuntimeError):
        layer.backward(dout)
    layer.forward(x, training=True)
    with pytest.raises(ValueError, match="dout"):
        layer.backward(dout[:1])
    assert not layer.grads["w"].any()
