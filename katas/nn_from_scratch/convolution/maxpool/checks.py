"""Hidden checks of the kata maxpool."""

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_arguments_unchanged,
    assert_close,
    assert_equal,
    assert_gradient,
    points,
    raises,
)

CLOSE = {"rtol": 1e-9, "atol": 1e-12}
APART = (((1, 1, 4, 6), 2), ((3, 2, 6, 9), 3), ((2, 3, 4, 2), 2))
"""The shape of the images and the size: windows side by side, nothing left over."""
SPECIAL = (((1, 1, 3, 4), 2, 1), ((2, 3, 5, 7), 3, 2), ((3, 2, 7, 6), 2, 3), ((1, 2, 6, 5), 4, 1))
"""The shape of the images, size and stride: overlaps, gaps, and pixels that are left over."""
EXAMPLE = np.array([[1, 3, 2, 0], [4, 2, 1, 1], [0, 1, 5, 6], [2, 0, 7, 3]], float)[None, None]


def draw(rng, shape):
    """Return images of positive pixels of two decimals that all differ by at least 0.05."""
    lowest = rng.integers(10, 100)
    return (rng.permutation(int(np.prod(shape))).reshape(shape) * 5 + lowest) / 100


def draw_upstream(rng, shape):
    """Return numbers of two decimals."""
    return rng.normal(size=shape).round(2)


def windows(shape, size, stride):
    """Yield row and column of each output, and where its window is."""
    for row, i in enumerate(range(0, shape[2] - size + 1, stride)):
        for column, j in enumerate(range(0, shape[3] - size + 1, stride)):
            yield row, column, (..., slice(i, i + size), slice(j, j + size))


def pool(x, size, stride, reduce):
    """Return what reduce makes of each window."""
    rows, columns = ((n - size) // stride + 1 for n in x.shape[2:])
    out = np.empty((*x.shape[:2], rows, columns))
    for row, column, window in windows(x.shape, size, stride):
        out[:, :, row, column] = reduce(x[window], axis=(2, 3))
    return out


def gradient(dout, x, size, stride, reduce):
    """Return dx for images without equal pixels in a window."""
    dx = np.zeros(x.shape)
    for row, column, window in windows(x.shape, size, stride):
        part = np.full(x[window].shape, 1 / size**2)
        if reduce is np.max:
            part = x[window] == x[window].max(axis=(2, 3), keepdims=True)
        dx[window] += dout[:, :, row, column][..., None, None] * part
    return dx


def assert_forward(layer, x, size, stride, reduce):
    """Compare both kinds of forward."""
    expected = pool(x, size, stride, reduce)
    assert_close(layer.forward(x), expected, **CLOSE)
    assert_close(layer.forward(x, training=True), expected, **CLOSE)


def assert_backward(layer, rng, x, size, stride, reduce):
    """Go forward and backward, and compare dx."""
    dout = draw_upstream(rng, pool(x, size, stride, reduce).shape)
    assert_equal(np.shape(layer.forward(x, training=True)), dout.shape)
    assert_close(layer.backward(dout), gradient(dout, x, size, stride, reduce), **CLOSE)


def test_the_example(solution, rng):
    """For the image of the lesson: maxima (4, 2; 2, 7), and dx has dout at the four winners."""
    dout = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    layer = solution.MaxPool2D(2)
    assert_close(layer.forward(EXAMPLE, training=True), np.array([[[[4.0, 2.0], [2.0, 7.0]]]]))
    dx = np.zeros((4, 4))
    dx[[0, 1, 3, 3], [2, 0, 0, 2]] = 2.0, 1.0, 3.0, 4.0
    assert_close(layer.backward(dout), dx[None, None])
    means = np.array([[[[2.5, 1.0], [0.75, 5.25]]]])
    assert_close(solution.AvgPool2D(2).forward(EXAMPLE), means)
    x = draw(rng, (1, 1, 2, 2))
    assert_close(layer.forward(x), np.max(x, axis=(2, 3), keepdims=True))


@points(2)
def test_maxima(solution, rng):
    """MaxPool2D gives the largest pixel of each window, in each channel of each image."""
    for shape, size in APART:
        assert_forward(solution.MaxPool2D(size), draw(rng, shape), size, size, np.max)


def test_maxima_of_negative_pixels(solution, rng):
    """If all pixels of a window are negative, its maximum is negative too."""
    for shape, size in APART:
        x = -rng.uniform(0.1, 5.0, shape).round(2)
        assert_forward(solution.MaxPool2D(size), x, size, size, np.max)


@points(2)
def test_maxima_with_a_stride(solution, rng):
    """With a stride, windows overlap or leave gaps; what fills no window is left out."""
    for shape, size, stride in SPECIAL:
        assert_forward(solution.MaxPool2D(size, stride), draw(rng, shape), size, stride, np.max)


def test_pixels_that_fill_no_window(solution, rng):
    """Rows and columns at the end that do not fill a window are left out, and get no gradient."""
    for shape, size in (((1, 1, 3, 5), 2), ((2, 3, 7, 5), 3)):
        for make, reduce in ((solution.MaxPool2D, np.max), (solution.AvgPool2D, np.mean)):
            # Negative images: a window filled up with zeros would have the maximum 0.
            x = draw(rng, shape) - 20.0
            assert_forward(make(size), x, size, size, reduce)
            assert_backward(make(size), rng, x, size, size, reduce)


@points(7)
def test_gradient_goes_to_the_winner(solution, rng):
    """The gradient of a maximum goes to the largest pixel of its window; the others get 0."""
    for shape, size in APART:
        assert_backward(solution.MaxPool2D(size), rng, draw(rng, shape), size, size, np.max)


@points(7)
def test_gradients_of_overlapping_windows_add_up(solution, rng):
    """A pixel that is the largest one of several windows gets the sum of their gradients."""
    for shape, size, stride in SPECIAL:
        layer = solution.MaxPool2D(size, stride)
        assert_backward(layer, rng, draw(rng, shape), size, stride, np.max)


@points(4)
def test_equal_pixels_divide_the_gradient(solution, rng):
    """The parts that equally large pixels of a window get add up to the gradient of the window."""
    layer = solution.MaxPool2D(2)
    for x in (
        np.zeros((1, 1, 2, 2)),
        np.ones((2, 3, 4, 6)),
        rng.integers(0, 3, (3, 2, 6, 4)) * 1.0,
    ):
        dout = rng.uniform(0.5, 1.5, pool(x, 2, 2, np.max).shape).round(2)
        assert_equal(np.shape(layer.forward(x, training=True)), dout.shape)
        dx = layer.backward(dout)
        assert_close(dx, np.zeros(x.shape), atol=1e9)
        assert_close(pool(dx, 2, 2, np.sum), dout, **CLOSE)
        assert (dx >= 0).all(), "for a positive gradient, no part may be negative"
        for _row, _column, window in windows(x.shape, 2, 2):
            largest = x[window].max(axis=(2, 3), keepdims=True)
            others = dx[window][x[window] < largest]
            assert_close(others, np.zeros(others.shape), atol=1e-12)


@points(4)
def test_gradients_match_central_differences(solution, rng):
    """dx is the measured gradient, for a random upstream gradient."""
    for shape, size, stride in SPECIAL[:2]:
        for make, reduce in ((solution.AvgPool2D, np.mean), (solution.MaxPool2D, np.max)):
            x, layer = draw(rng, shape), make(size, stride)
            dout = rng.uniform(0.5, 1.5, pool(x, size, stride, reduce).shape).round(2)
            assert_equal(np.shape(layer.forward(x, training=True)), dout.shape)
            assert_gradient(
                layer.backward(dout),
                lambda v, s=size, t=stride, r=reduce, g=dout: float((pool(v, s, t, r) * g).sum()),
                x,
            )


@points(2)
def test_means(solution, rng):
    """AvgPool2D gives the mean of each window, also with a stride."""
    for shape, size in APART:
        assert_forward(solution.AvgPool2D(size), draw(rng, shape), size, size, np.mean)
    for shape, size, stride in SPECIAL:
        x = draw(rng, shape)
        assert_forward(solution.AvgPool2D(size, stride), x, size, stride, np.mean)


@points(3)
def test_gradient_of_a_mean(solution, rng):
    """Each pixel of a window gets the gradient of its mean, divided by the number of pixels."""
    for shape, size in APART:
        assert_backward(solution.AvgPool2D(size), rng, draw(rng, shape), size, size, np.mean)


@points(3)
def test_gradients_of_overlapping_means_add_up(solution, rng):
    """A pixel in several windows gets a part of the gradient of each mean."""
    for shape, size, stride in SPECIAL:
        layer = solution.AvgPool2D(size, stride)
        assert_backward(layer, rng, draw(rng, shape), size, stride, np.mean)


@points(2)
def test_flatten(solution, rng):
    """Flatten makes a row of each sample, in the order channel, row, column."""
    for shape in ((2, 3, 4, 5), (1, 2, 3, 1), (4, 2), (3, 2, 2, 2, 2), (5, 4, 3)):
        layer, x = solution.Flatten(), draw_upstream(rng, shape)
        rows = np.stack([sample.ravel() for sample in x])
        assert_close(layer.forward(x), rows)
        assert_close(layer.forward(x, training=True), rows)


@points(2)
def test_flatten_backward(solution, rng):
    """Flatten gives dout back in the shape of the samples."""
    for shape in ((2, 3, 4, 5), (1, 2, 3, 1), (4, 2), (5, 4, 3)):
        layer, dout = solution.Flatten(), draw_upstream(rng, shape)
        layer.forward(np.zeros(shape), training=True)
        assert_close(layer.backward(np.stack([sample.ravel() for sample in dout])), dout)


@points(2)
def test_empty_batches(solution, rng):
    """No images give no outputs, and an empty dx."""
    x = draw(rng, (1, 3, 4, 6))
    for layer, expected in layers(solution, x):
        assert_close(layer.forward(x), expected, **CLOSE)
        none = expected[:0]
        assert_close(layer.forward(x[:0], training=True), none)
        assert_close(layer.backward(none), x[:0])


def test_keeps_the_precision_it_is_given(solution, rng):
    """float32 stays float32."""
    x = draw(rng, (2, 3, 4, 6)).astype(np.float32)
    dout = draw_upstream(rng, (2, 3, 2, 3)).astype(np.float32)
    for make, reduce in ((solution.MaxPool2D, np.max), (solution.AvgPool2D, np.mean)):
        layer = make(2)
        out = pool(x, 2, 2, reduce).astype(np.float32)
        assert_close(layer.forward(x, training=True), out, rtol=1e-5, atol=1e-5)
        dx = gradient(dout, x, 2, 2, reduce).astype(np.float32)
        assert_close(layer.backward(dout), dx, rtol=1e-5, atol=1e-5)
    layer = solution.Flatten()
    assert_close(layer.forward(x, training=True), np.stack([sample.ravel() for sample in x]))


def test_integers_are_computed_in_float64(solution, rng):
    """The maxima and means of integers are float64."""
    for shape, size in APART[:2]:
        x = rng.integers(1, 20, shape)
        for make, reduce in ((solution.MaxPool2D, np.max), (solution.AvgPool2D, np.mean)):
            assert_close(make(size).forward(x), pool(x, size, size, reduce), **CLOSE)


@points(2)
def test_other_forward_calls_do_not_disturb(solution, rng):
    """A forward without training, between forward and backward, changes no gradient."""
    x, other = draw(rng, (2, 3, 4, 6)), draw(rng, (2, 3, 4, 6))
    dout = draw_upstream(rng, (2, 3, 2, 3))
    for make, reduce in ((solution.AvgPool2D, np.mean), (solution.MaxPool2D, np.max)):
        layer = make(2)
        assert_equal(np.shape(layer.forward(x, training=True)), dout.shape)
        assert_close(layer.forward(other[:, :2]), pool(other[:, :2], 2, 2, reduce), **CLOSE)
        assert_close(layer.forward(other), pool(other, 2, 2, reduce), **CLOSE)
        for _ in range(2):
            assert_close(layer.backward(dout), gradient(dout, x, 2, 2, reduce), **CLOSE)
    layer = solution.Flatten()
    layer.forward(x, training=True)
    assert_close(layer.forward(other[:1]), other[:1].reshape(1, 72))
    assert_close(layer.backward(other.reshape(2, 72)), other)


def layers(solution, x):
    """Return a layer of each class, with its output for some images."""
    return (
        (solution.MaxPool2D(2), pool(x, 2, 2, np.max)),
        (solution.AvgPool2D(2), pool(x, 2, 2, np.mean)),
        (solution.Flatten(), np.stack([sample.ravel() for sample in x])),
    )


def test_backward_needs_a_forward(solution, rng):
    """backward without a forward for training raises a RuntimeError."""
    for measured_before in (True, False):
        x = draw(rng, (2, 3, 4, 6))
        for layer, expected in layers(solution, x):
            if measured_before:
                assert_close(layer.forward(x), expected, **CLOSE)
            with raises(RuntimeError):
                layer.backward(expected)


@points(2)
def test_refuses_an_upstream_gradient_of_another_shape(solution, rng):
    """If dout does not have the shape of the output, backward raises a ValueError."""
    x = draw(rng, (2, 3, 4, 6))
    for layer, dout in layers(solution, x):
        assert_close(layer.forward(x, training=True), dout, **CLOSE)
        wrong = [dout[:1], dout[0], dout[None], dout[..., :1], dout.T, x, np.float64(1.0)]
        if dout.ndim == 4:
            wrong += [dout[:, :, :1], dout.reshape(2, 18), dout.transpose(0, 1, 3, 2)]
        for array in wrong:
            with raises(ValueError):
                layer.backward(array)


def test_refuses_images_that_do_not_fit(solution, rng):
    """An array without four axes, or a window larger than the images, raises a ValueError."""
    x = draw(rng, (2, 3, 4, 6))
    for make, reduce in ((solution.MaxPool2D, np.max), (solution.AvgPool2D, np.mean)):
        layer = make(3)
        assert_close(layer.forward(x), pool(x, 3, 3, reduce), **CLOSE)
        for wrong in (x[0], x[0, 0], x[None], x[:, :, :2], x[..., :2]):
            with raises(ValueError):
                layer.forward(wrong)


def test_has_the_attributes_of_a_layer(solution, rng):
    """params and grads are empty dicts, and zero_grad does nothing."""
    x = draw(rng, (2, 3, 4, 6))
    for layer, expected in layers(solution, x):
        layer.zero_grad()
        assert_close(layer.forward(x), expected, **CLOSE)
        for named in (layer.params, layer.grads):
            if type(named) is not dict or named:
                raise CheckFailed("an empty dict was expected", rung="type")


def test_leaves_its_arguments_alone(solution, rng):
    """x, dout and the outputs do not change, and poolings return new arrays."""
    x = draw(rng, (2, 3, 4, 6))
    for layer, dout in layers(solution, x):
        outputs = layer.forward(x, training=True)
        assert_close(outputs, dout, **CLOSE)
        upstream = 2.0 * dout  # other numbers than the outputs
        layer.backward(upstream)
        assert_arguments_unchanged(x=x, dout=upstream, outputs=outputs)
    for make in (solution.MaxPool2D, solution.AvgPool2D):
        assert solution.probe.shares_memory(make(1), x) is False
        assert_close(make(1).forward(x), x)
