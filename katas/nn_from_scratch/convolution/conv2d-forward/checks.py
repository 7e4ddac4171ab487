"""Hidden checks of the kata conv2d-forward."""

import numpy as np

from nnkata.testing import assert_close, assert_equal, assert_unchanged, points, raises

CLOSE = {"rtol": 1e-9, "atol": 1e-10}
CASES = (
    ((1, 1, 4, 5), (1, 2, 3), 1, 0),
    ((2, 1, 5, 4), (3, 2, 2), 1, 1),
    ((1, 3, 4, 6), (2, 3, 1), 2, 0),
    ((3, 2, 6, 5), (4, 3, 2), 2, 1),
    ((2, 3, 7, 4), (2, 2, 3), 3, 2),
)
"""The shape of the images; the filters, their rows and columns; stride and pad."""


def window_at(padded, kh, kw, i, j):
    """Return the pixels of one window, of all images and channels."""
    return padded[:, :, i : i + kh, j : j + kw]


def windows_of(x, kh, kw, stride=1, pad=0):
    """Return the windows (N, H', W', C, kh, kw), copied one after the other."""
    n, c, h, width = x.shape
    padded = np.zeros((n, c, h + 2 * pad, width + 2 * pad), x.dtype)
    padded[:, :, pad : pad + h, pad : pad + width] = x
    tops = range(0, h + 2 * pad - kh + 1, stride)
    lefts = range(0, width + 2 * pad - kw + 1, stride)
    windows = np.empty((n, len(tops), len(lefts), c, kh, kw), x.dtype)
    for row, i in enumerate(tops):
        for column, j in enumerate(lefts):
            windows[:, row, column] = window_at(padded, kh, kw, i, j)
    return windows


def correlate(x, w, b, stride=1, pad=0):
    """Return the outputs (N, F, H', W')."""
    windows = windows_of(x, *w.shape[2:], stride, pad)
    return np.einsum("nijcpq,fcpq->nfij", windows, w) + b[:, np.newaxis, np.newaxis]


def draw(rng, shape, filters, kh, kw):
    """Draw images, filters and biases."""
    w = rng.normal(size=(filters, shape[1], kh, kw))
    return rng.normal(size=shape), w, rng.normal(size=filters)


def test_the_example(solution, rng):
    """One image and one filter: each output is the sum of filter times window, plus the bias."""
    x = np.arange(1.0, 10.0).reshape(1, 1, 3, 3)
    w = np.array([[[[1.0, 2.0], [0.0, -1.0]]]])
    got = solution.conv2d(x, w, np.array([10.0]))
    assert_close(got, np.array([[[[10.0, 12.0], [16.0, 18.0]]]]))
    x, w, b = draw(rng, (1, 1, 3, 3), 1, 2, 2)
    assert_close(solution.conv2d(x, w, b), correlate(x, w, b), **CLOSE)


@points(2)
def test_output_size(solution, rng):
    """output_size is the number of places at which a window fits along one axis."""
    for size, kernel, stride, pad in ((5, 3, 1, 0), (6, 3, 2, 0), (7, 3, 2, 1), (4, 4, 3, 0)):
        expected = len(range(0, size + 2 * pad - kernel + 1, stride))
        assert_equal(solution.output_size(size, kernel, stride, pad), expected)
    for _ in range(12):
        kernel, stride, pad = (int(n) for n in rng.integers((1, 1, 0), (6, 5, 4)))
        size = kernel + int(rng.integers(0, 20))
        expected = len(range(0, size + 2 * pad - kernel + 1, stride))
        assert_equal(solution.output_size(size, kernel, stride=stride, pad=pad), expected)
    size = int(rng.integers(10, 99))
    assert_equal(solution.output_size(size, 4), size - 3)


@points(3)
def test_windows_as_rows(solution, rng):
    """im2col has one row per window: its pixels in the order channel, row, column."""
    x = np.arange(1.0, 13.0).reshape(1, 1, 3, 4)
    expected = np.array([[1.0, 2, 3, 5, 6, 7], [2, 3, 4, 6, 7, 8], [5, 6, 7, 9, 10, 11],
                         [6, 7, 8, 10, 11, 12]])  # fmt: skip
    assert_close(solution.im2col(x, 2, 3), expected)
    for shape, kh, kw in (((1, 1, 4, 3), 2, 1), ((1, 2, 3, 4), 2, 2), ((1, 3, 4, 3), 3, 2)):
        x = rng.normal(size=shape)
        assert_close(
            solution.im2col(x, kh, kw), windows_of(x, kh, kw).reshape(-1, shape[1] * kh * kw)
        )


@points(3)
def test_windows_of_several_images(solution, rng):
    """im2col lists the windows image by image, even with a stride and zero padding."""
    for shape, (_, kh, kw), stride, pad in (((2, 1, 3, 3), (0, 2, 2), 1, 0), *CASES):
        x = rng.normal(size=shape)
        expected = windows_of(x, kh, kw, stride, pad).reshape(-1, shape[1] * kh * kw)
        assert_close(solution.im2col(x, kh, kw, stride, pad), expected)


@points(2)
def test_does_not_turn_the_filter(solution, rng):
    """A filter with a single 1 gives a part of the image, moved by the place of that 1."""
    for kh, kw in ((2, 2), (1, 3), (3, 2)):
        p, q = int(rng.integers(kh)), int(rng.integers(kw))
        if (2 * p, 2 * q) == (kh - 1, kw - 1):  # the middle stays where it is
            q = 0
        x, w = rng.normal(size=(1, 1, 5, 4)), np.zeros((1, 1, kh, kw))
        w[0, 0, p, q] = 1.0
        expected = x[:, :, p : p + 6 - kh, q : q + 5 - kw]
        assert_close(solution.conv2d(x, w, np.zeros(1)), expected, **CLOSE)


@points(2)
def test_adds_up_the_channels(solution, rng):
    """An output is the sum over all channels, each with its own part of the filter."""
    for channels, kh, kw in ((2, 1, 1), (3, 2, 2), (4, 2, 3)):
        x, w, _ = draw(rng, (1, channels, 4, 3), 1, kh, kw)
        expected = correlate(x, w, np.zeros(1))
        assert_close(solution.conv2d(x, w, np.zeros(1)), expected, **CLOSE)


@points(5)
def test_several_filters_and_images(solution, rng):
    """Each image gets one output image per filter, in the order (N, F, H', W')."""
    for n, filters in ((1, 2), (2, 1), (3, 4), (2, 2)):
        x, w, _ = draw(rng, (n, 2, 4, 3), filters, 2, 2)
        expected = correlate(x, w, np.zeros(filters))
        assert_close(solution.conv2d(x, w, np.zeros(filters)), expected, **CLOSE)


@points(2)
def test_each_filter_has_its_bias(solution, rng):
    """The bias of a filter is added to all outputs of that filter, even where W' = F."""
    for filters, width in ((1, 4), (3, 4), (2, 6)):
        x, w, b = np.zeros((2, 1, 4, width)), np.ones((filters, 1, 2, 2)), rng.normal(size=filters)
        assert_close(solution.conv2d(x, w, b), correlate(x, w, b), **CLOSE)
    x, w, b = draw(rng, (1, 2, 3, 4), 3, 2, 2)
    assert_close(solution.conv2d(x, w, b), correlate(x, w, b), **CLOSE)


@points(2)
def test_moves_by_the_stride(solution, rng):
    """With a stride, the window moves by that many rows and columns, and leftovers are left out."""
    for h, width, stride in ((4, 4, 2), (5, 6, 2), (7, 6, 3), (6, 8, 4)):
        x, w, b = draw(rng, (2, 1, h, width), 2, 2, 2)
        assert_close(solution.conv2d(x, w, b, stride=stride), correlate(x, w, b, stride), **CLOSE)


@points(2)
def test_surrounds_images_with_zeros(solution, rng):
    """With pad, there are that many zeros at all four sides of each channel of each image."""
    for kh, kw, pad in ((3, 3, 1), (2, 2, 1), (3, 1, 2)):
        x, w, b = draw(rng, (2, 2, 3, 4), 3, kh, kw)
        assert_close(solution.conv2d(x, w, b, pad=pad), correlate(x, w, b, 1, pad), **CLOSE)


@points(4)
def test_all_together(solution, rng):
    """Images and windows that are not square, with stride and zeros, give the right outputs."""
    for shape, (filters, kh, kw), stride, pad in CASES:
        x, w, b = draw(rng, shape, filters, kh, kw)
        expected = correlate(x, w, b, stride, pad)
        assert_close(solution.conv2d(x, w, b, stride, pad), expected, **CLOSE)


def test_moves_with_the_image(solution, rng):
    """When the image moves by one pixel, the outputs inside move with it."""
    for down, right in ((1, 0), (0, 1), (2, 1)):
        x, w, b = draw(rng, (1, 2, 5, 6), 2, 2, 3)
        moved = rng.normal(size=x.shape)
        moved[:, :, down:, right:] = x[:, :, : 5 - down, : 6 - right]
        first, then = solution.conv2d(x, w, b), solution.conv2d(moved, w, b)
        expected = correlate(x, w, b)
        assert_close(first, expected, **CLOSE)
        assert_close(then, correlate(moved, w, b), **CLOSE)
        inside = expected[:, :, : 4 - down, : 4 - right]
        assert_close(then[:, :, down:, right:], inside, **CLOSE)


def test_one_pixel_windows_are_a_dense_layer(solution, rng):
    """With windows of 1 × 1, each pixel passes through the same affine map of its channels."""
    for n, channels, filters in ((1, 2, 3), (2, 3, 4)):
        x, w, b = draw(rng, (n, channels, 3, 2), filters, 1, 1)
        pixels = x.transpose(0, 2, 3, 1) @ w[:, :, 0, 0].T + b
        assert_close(solution.conv2d(x, w, b), pixels.transpose(0, 3, 1, 2), **CLOSE)


@points(2)
def test_fans(solution, rng):
    """conv_fans counts the products per output, and the outputs that one pixel contributes to."""
    for shape in ((8, 1, 3, 3), tuple(int(n) for n in rng.integers(2, 9, 4))):
        filters, channels, kh, kw = shape
        expected = (len(np.ones((channels, kh, kw)).flat), len(np.ones((filters, kh, kw)).flat))
        assert_equal(solution.conv_fans(shape), expected)


def test_keeps_the_precision_it_is_given(solution, rng):
    """Floats keep their dtype, and integers are converted to float64."""
    x, w, b = (
        rng.integers(-4, 5, (2, 2, 4, 3)),
        rng.integers(-4, 5, (3, 2, 2, 2)),
        np.array([1, -2, 3]),
    )
    expected = correlate(x, w, b).astype(float)
    rows = windows_of(x, 2, 2).reshape(-1, 8).astype(float)
    assert_close(solution.conv2d(x, w, b), expected, **CLOSE)
    assert_close(solution.conv2d(x, w / 3.0, b + 0.5), correlate(x, w / 3.0, b + 0.5), **CLOSE)
    assert_close(solution.im2col(x, 2, 2), rows)
    for kind in (np.float64, np.float32):
        got = solution.conv2d(x.astype(kind), w.astype(kind), b.astype(kind))
        assert_close(got, expected.astype(kind), rtol=1e-5, atol=1e-4)
        assert_close(solution.im2col(x.astype(kind), 2, 2), rows.astype(kind))


def test_empty_batches(solution, rng):
    """No images give an array (0, F, H', W'), and no windows."""
    x, w, b = draw(rng, (1, 2, 4, 5), 3, 2, 2)
    assert_close(solution.conv2d(x, w, b, 1, 1), correlate(x, w, b, 1, 1), **CLOSE)
    assert_close(solution.conv2d(x[:0], w, b, 1, 1), np.empty((0, 3, 5, 6)))
    assert_close(solution.im2col(x[:0], 2, 2), np.empty((0, 8)))


@points(2)
def test_refuses_windows_that_do_not_fit(solution, rng):
    """A window that is larger than the padded image raises a ValueError, a full one does not."""
    x, w, b = draw(rng, (2, 1, 3, 4), 2, 4, 2)
    assert_close(solution.conv2d(x, w, b, 1, 1), correlate(x, w, b, 1, 1), **CLOSE)
    size = int(rng.integers(4, 40))
    assert_equal(solution.output_size(size, size), 1)
    for kernel, pad in ((size + 1, 0), (size + 5, 2), (size + 3, 1)):
        with raises(ValueError):
            solution.output_size(size, kernel, 1, pad)
        with raises(ValueError):
            solution.output_size(size, kernel, 3, pad)
    for kh, kw, stride in ((4, 2, 1), (2, 5, 1), (4, 5, 2)):
        with raises(ValueError):
            solution.conv2d(x, np.ones((2, 1, kh, kw)), b, stride)
        with raises(ValueError):
            solution.im2col(x, kh, kw, stride)


@points(2)
def test_refuses_shapes_that_do_not_fit(solution, rng):
    """conv2d and im2col raise a ValueError for other shapes, and broadcast nothing."""
    x, w, b = draw(rng, (2, 3, 4, 5), 4, 2, 2)
    assert_close(solution.conv2d(x, w, b), correlate(x, w, b), **CLOSE)
    wrong = (
        (x[:, :1], w, b), (x, w[:, :1], b), (x[:, :2], w, b), (x[0], w, b), (x, w[0], b),
        (x[np.newaxis], w, b), (x, w, b[:1]), (x, w, b[0]), (x, w, b[:3]), (x, w, b[np.newaxis]),
        (x, w, b[:, np.newaxis]), (x[:, 0], w, b),
    )  # fmt: skip
    for arguments in wrong:
        with raises(ValueError):
            solution.conv2d(*arguments)
    for images in (x[0], x[0, 0], x[np.newaxis]):
        with raises(ValueError):
            solution.im2col(images, 2, 2)


def test_leaves_its_arguments_alone(solution, rng):
    """x, w and b do not change."""
    for stride, pad in ((1, 0), (2, 1)):
        x, w, b = draw(rng, (2, 2, 4, 4), 3, 2, 2)
        before = x.copy(), w.copy(), b.copy()
        assert_close(
            solution.conv2d(x, w, b, stride, pad), correlate(*before, stride, pad), **CLOSE
        )
        expected = windows_of(before[0], 2, 2, stride, pad).reshape(-1, 8)
        assert_close(solution.im2col(x, 2, 2, stride, pad), expected)
        for now, then, name in zip((x, w, b), before, "xwb", strict=True):
            assert_unchanged(now, then, name)


def test_windows_are_a_new_array(solution, rng):
    """The rows of im2col are a new array, even for windows of one pixel."""
    for shape, kh, kw in (((2, 1, 3, 2), 1, 1), ((1, 1, 2, 3), 2, 3), ((2, 2, 3, 3), 2, 2)):
        x = rng.normal(size=shape)
        expected = windows_of(x, kh, kw).reshape(-1, shape[1] * kh * kw)
        assert_close(solution.im2col(x, kh, kw), expected)
        assert not solution.probe.shares_memory(x, kh, kw), "the rows are a view of the image"
