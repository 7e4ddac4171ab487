"""Convolution, compared with ONNX's reference, with scipy's correlation, and with plain sums."""

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from scipy.signal import correlate2d

from refnn.conv.forward import conv2d, conv_fans, im2col, output_size

Floats = NDArray[np.floating[Any]]
cases = pytest.mark.parametrize(
    ("images", "filters", "stride", "pad"),
    [
        ((1, 1, 3, 3), (1, 2, 2), 1, 0),
        ((2, 3, 5, 4), (4, 2, 3), 1, 1),
        ((3, 2, 6, 7), (2, 3, 2), 2, 0),
        ((1, 2, 7, 5), (3, 3, 3), 2, 1),
        ((2, 1, 8, 9), (2, 1, 4), 3, 2),
    ],
)


def draw(
    images: tuple[int, ...], filters: tuple[int, ...], seed: int = 0
) -> tuple[Floats, Floats, Floats]:
    rng = np.random.default_rng(seed)
    count, kh, kw = filters
    w = rng.normal(size=(count, images[1], kh, kw))
    return rng.normal(size=images), w, rng.normal(size=count)


def onnx_conv(x: Floats, w: Floats, b: Floats, stride: int, pad: int) -> Floats:
    node = helper.make_node("Conv", ["x", "w", "b"], ["y"], strides=[stride] * 2, pads=[pad] * 4)
    inputs = [helper.make_tensor_value_info(n, TensorProto.DOUBLE, None) for n in node.input]
    outputs = [helper.make_tensor_value_info("y", TensorProto.DOUBLE, None)]
    graph = helper.make_graph([node], "conv", inputs, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    got: Any = ReferenceEvaluator(model).run(None, {"x": x, "w": w, "b": b})
    return np.asarray(got[0], float)


def test_the_numbers_of_the_lesson() -> None:
    x = np.arange(1.0, 10.0).reshape(1, 1, 3, 3)
    w = [[[[1, 2], [0, -1]]]]
    assert conv2d(x, w, [10]).tolist() == [[[[10, 12], [16, 18]]]]
    padded = conv2d(x, w, [10], pad=1)
    assert padded.shape == (1, 1, 4, 4)
    assert padded[0, 0, 0, 0] == 9
    assert conv2d(x, np.asarray(w)[..., ::-1, ::-1], [10])[0, 0, 0, 0] == 22
    assert output_size(6, 3, 2) == 2
    assert conv_fans((8, 1, 3, 3)) == (9, 72)
    # the prediction
    assert 8 * (conv_fans((8, 1, 3, 3))[0] + 1) == 80
    outputs = math.prod(conv2d(np.zeros((1, 1, 28, 28)), np.zeros((8, 1, 3, 3)), np.zeros(8)).shape)
    assert (outputs, (28 * 28 + 1) * outputs) == (5408, 4_245_280)


@cases
def test_outputs_are_those_of_onnx(
    images: tuple[int, ...], filters: tuple[int, ...], stride: int, pad: int
) -> None:
    x, w, b = draw(images, filters)
    expected = onnx_conv(x, w, b, stride, pad)
    np.testing.assert_allclose(conv2d(x, w, b, stride, pad), expected, rtol=1e-10, atol=1e-10)


@cases
def test_outputs_are_sums_of_correlations(
    images: tuple[int, ...], filters: tuple[int, ...], stride: int, pad: int
) -> None:
    x, w, b = draw(images, filters, 1)
    wide = np.zeros((*images[:2], images[2] + 2 * pad, images[3] + 2 * pad))
    wide[:, :, pad : pad + images[2], pad : pad + images[3]] = x
    expected = np.array(
        [
            [
                sum(correlate2d(c, k, "valid") for c, k in zip(image, one, strict=True)) + bias
                for one, bias in zip(w, b, strict=True)
            ]
            for image in wide
        ]
    )[:, :, ::stride, ::stride]
    np.testing.assert_allclose(conv2d(x, w, b, stride, pad), expected, rtol=1e-10, atol=1e-10)


@cases
def test_rows_contain_the_pixels_of_the_windows(
    images: tuple[int, ...], filters: tuple[int, ...], stride: int, pad: int
) -> None:
    x, _, _ = draw(images, filters, 2)
    n, channels, height, width = images
    _, kh, kw = filters
    rows = [
        [
            x[image, c, i, j] if 0 <= i < height and 0 <= j < width else 0.0
            for c in range(channels)
            for i in range(top, top + kh)
            for j in range(left, left + kw)
        ]
        for image in range(n)
        for top in range(-pad, height + pad - kh + 1, stride)
        for left in range(-pad, width + pad - kw + 1, stride)
    ]
    assert im2col(x, kh, kw, stride, pad).tolist() == rows


def test_sizes_count_the_places() -> None:
    for size in range(1, 9):
        for kernel in range(1, 9):
            for stride in (1, 2, 3):
                for pad in (0, 1, 2):
                    places = range(0, size + 2 * pad - kernel + 1, stride)
                    if places:
                        assert output_size(size, kernel, stride, pad) == len(places)
                    else:
                        with pytest.raises(ValueError, match="fit"):
                            output_size(size, kernel, stride, pad)


def test_dtypes_and_empty_batches() -> None:
    x, w, b = draw((2, 2, 4, 3), (3, 2, 2))
    small = (x.astype(np.float32), w.astype(np.float32), b.astype(np.float32))
    assert conv2d(*small).dtype == np.float32
    assert im2col(x.astype(np.float32), 2, 2).dtype == np.float32
    assert conv2d(x.astype(int), w.astype(int), b.astype(int)).dtype == np.float64
    assert im2col(x.astype(int), 2, 2).dtype == np.float64
    assert conv2d(x[:0], w, b, 1, 1).shape == (0, 3, 5, 4)
    assert not np.shares_memory(im2col(x[:1, :1], 1, 1), x)


def test_what_is_refused() -> None:
    x, w, b = draw((2, 3, 4, 5), (4, 2, 2))
    for arguments in (
        (x[:, :1], w, b), (x, w[:, :1], b), (x[0], w, b), (x, w[0], b), (x[np.newaxis], w, b),
        (x, w, b[:1]), (x, w, b[0]), (x, w, b[np.newaxis]), (x[:, :, :1], w, b),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"values to unpack|matmul|b \(O,\)|fit"):
            conv2d(*arguments)
    with pytest.raises(ValueError, match="unpack"):
        im2col(x[0], 2, 2)
