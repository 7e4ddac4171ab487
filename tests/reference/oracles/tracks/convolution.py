"""Convolution: onnx's Conv, windows taken one by one, and complex steps."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from refnn.conv.backward import Conv2D, conv2d_backward
from refnn.conv.cnn import ToImages, build_cnn, param_count
from refnn.conv.forward import conv2d, conv_fans, im2col, output_size
from refnn.conv.pool import AvgPool2D, Flatten, MaxPool2D

from ..entry import Tolerance, Track
from ..exact import COMPLEX, FRACTIONS, LOOPS, complex_gradients, rng, run_onnx

TRACK = Track("convolution")
SUMMED = Tolerance(1e-9, 1e-10, "sums of products, in any order, which may cancel")
GRADIENT = Tolerance(1e-9, 1e-10, "as forward; besides, central differences at 1e-6")
EQUAL = Tolerance(0, 0, "equal: integers, or pixels that are only moved")
CANCELS = "an output near 0 is a sum of products that cancel, and onnx rounds in a different order"
CASES = [
    ((1, 1, 3, 3), (1, 2, 2), 1, 0),
    ((2, 3, 4, 5), (2, 3, 2), 1, 1), ((1, 2, 5, 6), (3, 2, 3), 2, 0),
    ((2, 1, 5, 4), (2, 3, 3), 2, 1), ((1, 1, 7, 6), (2, 2, 1), 3, 0),
]  # fmt: skip


def by_sums(x: Any, w: Any, stride: int, pad: int) -> Any:
    """Return the outputs without biases, weight by weight."""
    wide = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    kh, kw = w.shape[2:]
    rows, columns = wide.shape[2] - kh + 1, wide.shape[3] - kw + 1
    out = sum(
        np.einsum("nchw,fc->nfhw", wide[:, :, p : p + rows, q : q + columns], w[:, :, p, q])
        for p in range(kh)
        for q in range(kw)
    )
    return out[:, :, ::stride, ::stride]


def _cases() -> Any:
    for images, (count, kh, kw), stride, pad in CASES:
        x, w = rng(0).normal(size=images), rng(1).normal(size=(count, images[1], kh, kw))
        yield x, w, rng(2).normal(size=count), stride, pad


def _layer(w: Any, b: Any, stride: int, pad: int) -> Conv2D:
    layer = Conv2D(w.shape[1], w.shape[0], w.shape[2:], rng(), stride, pad)
    layer.params["w"][...] = w
    layer.params["b"][...] = b
    return layer


def _by_onnx(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    return run_onnx("Conv", x, w, b, strides=[stride] * 2, pads=[pad] * 4)


@TRACK.oracle("conv.forward.conv2d", "onnx Conv", SUMMED, note=CANCELS)
def _conv2d() -> Any:
    for case in _cases():
        yield conv2d(*case), _by_onnx(*case)


@TRACK.oracle("conv.backward.Conv2D.forward", "onnx Conv", SUMMED, note=CANCELS)
def _layer_forward() -> Any:
    for x, *rest in _cases():
        yield _layer(*rest).forward(x), _by_onnx(x, *rest)


def _loss(stride: int, pad: int, dout: Any, x: Any, w: Any, b: Any) -> Any:
    return (dout * (by_sums(x, w, stride, pad) + b[:, np.newaxis, np.newaxis])).sum()


def _upstream(x: Any, w: Any, stride: int, pad: int) -> Any:
    return rng(3).normal(size=by_sums(x, w, stride, pad).shape)


@TRACK.oracle("conv.backward.conv2d_backward", COMPLEX, GRADIENT, "gradient")
def _conv2d_backward() -> Any:
    for x, w, b, stride, pad in _cases():
        dout = _upstream(x, w, stride, pad)
        got = conv2d_backward(dout, x, w, stride, pad)
        right = complex_gradients(partial(_loss, stride, pad, dout), x, w, b)
        yield from zip(got, right, strict=True)


@TRACK.oracle("conv.backward.Conv2D.backward", COMPLEX, GRADIENT, "gradient")
def _layer_backward() -> Any:
    for x, w, b, stride, pad in _cases():
        layer, dout = _layer(w, b, stride, pad), _upstream(x, w, stride, pad)
        layer.forward(x, training=True)
        got = layer.backward(dout), layer.grads["w"], layer.grads["b"]
        right = complex_gradients(partial(_loss, stride, pad, dout), x, w, b)
        yield from zip(got, right, strict=True)


@TRACK.oracle("conv.forward.output_size", LOOPS, EQUAL, "exact")
def _output_size() -> Any:
    for size in range(1, 9):
        for kernel, stride, pad in ((1, 1, 0), (3, 1, 1), (2, 2, 1), (3, 3, 1)):
            if kernel <= size + 2 * pad:
                starts = range(0, size + 2 * pad - kernel + 1, stride)
                yield output_size(size, kernel, stride, pad), len(starts)


@TRACK.oracle("conv.forward.im2col", LOOPS, EQUAL, "exact")
def _im2col() -> Any:
    for x, w, _, stride, pad in _cases():
        kh, kw = w.shape[2:]
        wide = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        rows = [
            image[:, i : i + kh, j : j + kw].ravel()
            for image in wide
            for i in range(0, wide.shape[2] - kh + 1, stride)
            for j in range(0, wide.shape[3] - kw + 1, stride)
        ]
        yield im2col(x, kh, kw, stride, pad), rows


@TRACK.oracle("conv.forward.conv_fans", "count of non-zero products", EQUAL, "exact")
def _conv_fans() -> Any:
    for shape in ((1, 1, 1, 1), (4, 3, 2, 5)):
        one = np.ones(shape)
        yield conv_fans(shape), [one[0].size, one[:, 0].size]


POOLS = [((1, 1, 4, 6), 2, 2), ((2, 3, 5, 7), 3, 2), ((3, 2, 7, 6), 2, 3), ((1, 2, 6, 5), 4, 1)]
COPIED = Tolerance(1e-9, 1e-12, "pixels that are only copied")
ADDED = Tolerance(1e-9, 1e-12, "a sum of the gradients of windows that overlap, in any order")
MOVED = Tolerance(1e-9, 0.0, "numbers that are only moved")


def _pools() -> Any:
    for shape, size, stride in POOLS:
        x = rng(4).permutation(np.prod(shape)).reshape(shape) * 0.05 - 1
        rows, columns = ((n - size) // stride + 1 for n in shape[2:])
        yield x, rng(5).normal(size=(*shape[:2], rows, columns)), size, stride


def _spread(x: Any, dout: Any, size: int, stride: int, share: Any) -> Any:
    """Return the gradient of the images in fractions; a pixel gets its share of each window."""
    dx = np.full(x.shape, Fraction(0))
    for place, upstream in np.ndenumerate(dout):
        i, j = (stride * at for at in place[2:])
        window = x[place[0], place[1], i : i + size, j : j + size]
        for row, column in np.ndindex(size, size):
            part = share(window.tolist(), row, column)
            dx[place[0], place[1], i + row, j + column] += part * Fraction(upstream)
    return dx.astype(float)


def _is_largest(window: Any, row: int, column: int) -> int:
    return int(all(window[row][column] >= pixel for line in window for pixel in line))


@TRACK.oracle("conv.pool.MaxPool2D.forward", "onnx MaxPool", COPIED, "exact")
def _max_forward() -> Any:
    for x, _, size, stride in _pools():
        right = run_onnx("MaxPool", x, kernel_shape=[size] * 2, strides=[stride] * 2)
        yield MaxPool2D(size, stride).forward(x), right


@TRACK.oracle("conv.pool.MaxPool2D.backward", FRACTIONS, ADDED, "gradient")
def _max_backward() -> Any:
    for x, dout, size, stride in _pools():
        layer = MaxPool2D(size, stride)
        layer.forward(x, training=True)
        yield layer.backward(dout), _spread(x, dout, size, stride, _is_largest)


@TRACK.oracle(
    "conv.pool.AvgPool2D.forward",
    "onnx AveragePool",
    Tolerance(1e-9, 1e-12, "a mean, which may cancel"),
)
def _mean_forward() -> Any:
    for x, _, size, stride in _pools():
        right = run_onnx("AveragePool", x, kernel_shape=[size] * 2, strides=[stride] * 2)
        yield AvgPool2D(size, stride).forward(x), right


@TRACK.oracle("conv.pool.AvgPool2D.backward", FRACTIONS, ADDED, "gradient")
def _mean_backward() -> Any:
    for x, dout, size, stride in _pools():
        layer, part = AvgPool2D(size, stride), Fraction(1, size**2)
        layer.forward(x, training=True)
        yield layer.backward(dout), _spread(x, dout, size, stride, lambda *_, part=part: part)


def _flat(sample: Any) -> list[float]:
    return [number for part in sample for number in _flat(part)] if np.ndim(sample) else [sample]


@TRACK.oracle("conv.pool.Flatten.forward", LOOPS, MOVED, "exact")
def _flatten() -> Any:
    for shape in ((2, 3, 4, 5), (1, 2, 3, 1), (4, 2)):
        x = rng(6).normal(size=shape)
        yield Flatten().forward(x), [_flat(sample) for sample in x.tolist()]


@TRACK.oracle("conv.pool.Flatten.backward", LOOPS, MOVED, "exact")
def _unflatten() -> Any:
    for shape in ((2, 3, 4, 5), (1, 2, 3, 1), (4, 2)):
        layer, dout = Flatten(), rng(6).normal(size=shape)
        layer.forward(np.zeros(shape), training=True)
        yield layer.backward([_flat(sample) for sample in dout.tolist()]), dout


@TRACK.oracle("conv.cnn.ToImages.forward", LOOPS, MOVED, "exact")
def _to_images() -> Any:
    for n, h, w in ((3, 2, 3), (1, 4, 1)):
        x = rng(7).normal(size=(n, h * w))
        right = [[[[row[i * w + j] for j in range(w)] for i in range(h)]] for row in x.tolist()]
        yield ToImages(h, w).forward(x), right


@TRACK.oracle("conv.cnn.ToImages.backward", LOOPS, MOVED, "exact")
def _from_images() -> Any:
    for n, h, w in ((3, 2, 3), (1, 4, 1)):
        layer, dout = ToImages(h, w), rng(7).normal(size=(n, 1, h, w))
        layer.forward(np.zeros((n, h * w)), training=True)
        yield layer.backward(dout), [_flat(image) for image in dout.tolist()]


@TRACK.oracle("conv.cnn.param_count", "count by hand", Tolerance(0, 0, "equal: a count"), "exact")
def _param_count() -> Any:
    filters = 8 * (1 * 3 * 3 + 1) + 16 * (8 * 3 * 3 + 1)
    yield param_count(build_cnn(rng())), filters + (16 * 2 * 2 + 1) * 10


TRACK.no_oracle(
    "conv.cnn.build_cnn",
    "draws its weights, and its layers are free; each layer has an oracle here or under layers",
)
TRACK.no_oracle(
    "conv.cnn.train_cnn",
    "a trained result: its accuracy is tested in tests/reference/test_cnn.py",
)
