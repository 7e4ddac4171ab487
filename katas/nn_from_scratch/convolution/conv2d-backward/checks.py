"""Hidden checks of the kata conv2d-backward."""

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_arguments_unchanged,
    assert_close,
    assert_draws_from_generator,
    assert_gradient,
    points,
    raises,
)

CLOSE = {"rtol": 1e-9, "atol": 1e-10}
CASES = (
    ((1, 1, 3, 4), (2, 2, 2), 1, 0),
    ((2, 3, 4, 5), (4, 3, 2), 1, 1),
    ((3, 2, 6, 5), (2, 2, 3), 2, 0),
    ((2, 1, 5, 7), (3, 3, 2), 2, 1),
    ((1, 2, 6, 4), (3, 4, 3), 3, 2),
)
"""The shape of the images; the filters, their rows and columns; stride and pad."""
PIXELS = ((2, 2, 3, 4), (3, 1, 1), 1, 0)
"""Windows of one pixel: a case for what does not depend on the windows."""


def places(x, w, stride, pad):
    """Yield row and column of each output, and where its window is in the padded images."""
    kh, kw = w.shape[2:]
    for row, i in enumerate(range(0, x.shape[2] + 2 * pad - kh + 1, stride)):
        for column, j in enumerate(range(0, x.shape[3] + 2 * pad - kw + 1, stride)):
            yield row, column, (..., slice(i, i + kh), slice(j, j + kw))


def surround(x, pad):
    """Return the images with zeros at all four sides."""
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


def correlate(x, w, b, stride=1, pad=0):
    """Return the outputs (N, F, H', W')."""
    padded, outputs = surround(x, pad), {}
    for row, column, window in places(x, w, stride, pad):
        outputs[row, column] = np.einsum("ncpq,fcpq->nf", padded[window], w)
    rows, columns = (1 + max(place[axis] for place in outputs) for axis in (0, 1))
    flat = np.stack(list(outputs.values()), axis=-1)
    return flat.reshape(*flat.shape[:2], rows, columns) + b[:, np.newaxis, np.newaxis]


def gradients(dout, x, w, stride=1, pad=0):
    """Return dx, dw and db, added up window by window."""
    padded, dw = surround(x, pad), np.zeros(w.shape)
    d_padded = np.zeros(padded.shape)
    for row, column, window in places(x, w, stride, pad):
        upstream = dout[:, :, row, column]
        dw += np.einsum("nf,ncpq->fcpq", upstream, padded[window])
        d_padded[window] += np.einsum("nf,fcpq->ncpq", upstream, w)
    inside = d_padded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]]
    return inside, dw, dout.sum(axis=(0, 2, 3))


def draw(rng, case):
    """Draw an upstream gradient, images, filters and biases for one of the cases."""
    shape, (filters, kh, kw), stride, pad = case
    x, b = rng.normal(size=shape), rng.normal(size=filters)
    w = rng.normal(size=(filters, shape[1], kh, kw))
    return rng.normal(size=correlate(x, w, b, stride, pad).shape), x, w, b


def part(got, index):
    """Return dx, dw or db of what conv2d_backward returned; fail if it is not three arrays."""
    if type(got) not in (tuple, list) or len(got) != 3:
        raise CheckFailed("three arrays (dx, dw, db) were expected", rung="type")
    return got[index]


def entry(named, name):
    """Return one entry of params or grads."""
    if type(named) is not dict or set(map(str, named)) != {"w", "b"}:
        raise CheckFailed("a dictionary with w and b was expected", rung="type")
    return named[name]


def new_layer(solution, rng, case):
    """Make a layer with random parameters; return it, an upstream gradient, x, w and b."""
    (_, channels, *_), (filters, kh, kw), *options = case
    options = [] if options == [1, 0] else options  # these are the defaults
    layer = solution.Conv2D(channels, filters, (kh, kw), solution.rng(5), *options)
    dout, x, w, b = draw(rng, case)
    solution.probe.write_params(layer, w, b)
    return layer, dout, x, w, b


def test_the_example(solution, rng):
    """For one image and one filter: dx is (1, 4, 4; 3, 9, 6; 0, -3, -4) in the lesson's example."""
    x = np.arange(1.0, 10.0).reshape(1, 1, 3, 3)
    w = np.array([[[[1.0, 2.0], [0.0, -1.0]]]])
    dout = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    got = solution.conv2d_backward(dout, x, w)
    assert_close(part(got, 2), np.array([10.0]))
    assert_close(part(got, 1), np.array([[[[37.0, 47.0], [67.0, 77.0]]]]))
    right = np.array([[[[1.0, 4.0, 4.0], [3.0, 9.0, 6.0], [0.0, -3.0, -4.0]]]])
    assert_close(part(got, 0), right, atol=1e-12)
    dout = rng.normal(size=(1, 1, 2, 2))
    got = solution.conv2d_backward(dout, x, w)
    assert_close(part(got, 0), gradients(dout, x, w)[0], **CLOSE)


@points(2)
def test_bias_gradient(solution, rng):
    """db is the sum of the upstream gradient over images, rows and columns, per filter."""
    for case in CASES[:3]:
        dout, x, w, _ = draw(rng, case)
        got = solution.conv2d_backward(dout, x, w, *case[2:])
        assert_close(part(got, 2), dout.sum(axis=(0, 2, 3)), **CLOSE)


@points(3)
def test_weight_gradient(solution, rng):
    """dw is the sum over all windows of the entry of dout times the window."""
    for case in (CASES[0], ((5, 2, 2, 3), (1, 2, 3), 1, 0), ((2, 3, 4, 3), (4, 2, 1), 1, 0)):
        dout, x, w, _ = draw(rng, case)
        assert_close(
            part(solution.conv2d_backward(dout, x, w), 1), gradients(dout, x, w)[1], **CLOSE
        )


@points(2)
def test_weight_gradient_with_stride_and_pad(solution, rng):
    """dw is right with a stride and with zeros around the images."""
    for case in CASES[1:4]:
        dout, x, w, _ = draw(rng, case)
        got = solution.conv2d_backward(dout, x, w, *case[2:])
        assert_close(part(got, 1), gradients(dout, x, w, *case[2:])[1], **CLOSE)


@points(2)
def test_input_gradient_of_windows_side_by_side(solution, rng):
    """Where no two windows overlap, each pixel gets the gradient from its only window."""
    for case in (((1, 1, 4, 6), (1, 2, 3), 3, 0), ((2, 2, 6, 6), (3, 3, 2), 3, 0)):
        dout, x, w, _ = draw(rng, case)
        got = solution.conv2d_backward(dout, x, w, stride=3)
        assert_close(part(got, 0), gradients(dout, x, w, 3)[0], **CLOSE)


@points(10)
def test_input_gradient_adds_up_overlaps(solution, rng):
    """A pixel that several windows read gets the sum of what comes back from all of them."""
    for case in (((1, 1, 1, 4), (1, 1, 2), 1, 0), ((1, 1, 3, 4), (1, 2, 2), 1, 0),
                 ((2, 3, 4, 5), (4, 3, 2), 1, 0)):  # fmt: skip
        dout, x, w, _ = draw(rng, case)
        assert_close(
            part(solution.conv2d_backward(dout, x, w), 0), gradients(dout, x, w)[0], **CLOSE
        )


@points(4)
def test_input_gradient_with_zeros_around(solution, rng):
    """With pad, dx has the shape of x: what falls on the zeros is dropped."""
    for case in (((1, 1, 2, 3), (1, 2, 2), 1, 1), ((2, 2, 3, 4), (3, 3, 2), 1, 2),
                 ((2, 1, 2, 3), (2, 4, 5), 1, 3), CASES[1]):  # fmt: skip
        dout, x, w, _ = draw(rng, case)
        got = solution.conv2d_backward(dout, x, w, pad=case[3])
        assert_close(part(got, 0), gradients(dout, x, w, 1, case[3])[0], **CLOSE)


@points(4)
def test_input_gradient_with_a_stride(solution, rng):
    """With a stride, the gradient goes back to where each window was."""
    for case in (((1, 1, 3, 5), (1, 2, 3), 2, 0), ((2, 2, 7, 5), (3, 3, 3), 2, 0), *CASES[3:]):
        dout, x, w, _ = draw(rng, case)
        got = solution.conv2d_backward(dout, x, w, *case[2:])
        assert_close(part(got, 0), gradients(dout, x, w, *case[2:])[0], **CLOSE)


def test_pixels_that_no_window_reads(solution, rng):
    """A pixel that no window covers has the gradient 0, and dx still has the shape of x."""
    for case in (((1, 1, 4, 3), (2, 1, 1), 2, 0), ((2, 2, 5, 6), (3, 2, 2), 3, 0)):
        dout, x, w, _ = draw(rng, case)
        got = solution.conv2d_backward(dout, x, w, case[2])
        assert_close(part(got, 0), gradients(dout, x, w, case[2])[0], **CLOSE)


@points(5)
def test_gradients_match_central_differences(solution, rng):
    """All three gradients are the measured ones, for a random upstream gradient."""
    for shape, (filters, kh, kw), stride, pad in (
        ((1, 2, 3, 4), (2, 2, 3), 1, 0),
        ((2, 1, 3, 4), (3, 2, 3), 2, 1),
    ):
        x, w = rng.uniform(0.5, 1.5, shape), rng.uniform(0.5, 1.5, (filters, shape[1], kh, kw))
        b = rng.normal(size=filters)
        dout = rng.uniform(0.5, 1.5, correlate(x, w, b, stride, pad).shape)

        def loss(x, w, b, s=stride, p=pad, dout=dout):
            return float((correlate(x, w, b, s, p) * dout).sum())

        got = solution.conv2d_backward(dout, x, w, stride, pad)
        assert_gradient(part(got, 2), lambda v, x=x, w=w, loss=loss: loss(x, w, v), b)
        assert_gradient(part(got, 1), lambda v, x=x, b=b, loss=loss: loss(x, v, b), w)
        assert_gradient(part(got, 0), lambda v, w=w, b=b, loss=loss: loss(v, w, b), x)


def test_keeps_the_precision_it_is_given(solution, rng):
    """Floats keep their dtype, and integers are converted to float64."""
    dout, x, w, _ = draw(rng, CASES[1])
    dout, x, w = (rng.integers(-4, 5, a.shape) for a in (dout, x, w))
    right = gradients(dout, x, w, 1, 1)
    for kind in (np.float64, np.float32, np.int64):
        got = solution.conv2d_backward(dout.astype(kind), x.astype(kind), w.astype(kind), 1, 1)
        for index, expected in enumerate(right):
            expected = expected.astype(np.float32 if kind is np.float32 else np.float64)
            assert_close(part(got, index), expected, rtol=1e-5, atol=1e-4)


def test_empty_batches(solution, rng):
    """No images give an empty dx, and dw and db of zeros."""
    dout, x, w, _ = draw(rng, CASES[1])
    got = solution.conv2d_backward(dout, x, w, 1, 1)
    assert_close(part(got, 2), gradients(dout, x, w, 1, 1)[2], **CLOSE)
    got = solution.conv2d_backward(dout[:0], x[:0], w, 1, 1)
    assert_close(part(got, 0), np.empty((0, *x.shape[1:])))
    assert_close(part(got, 1), np.zeros(w.shape))
    assert_close(part(got, 2), np.zeros(len(w)))


@points(2)
def test_refuses_shapes_that_do_not_fit(solution, rng):
    """conv2d_backward raises a ValueError when dout, x and w do not fit together."""
    dout, x, w, _ = draw(rng, ((2, 3, 4, 5), (2, 3, 2), 1, 0))
    got = solution.conv2d_backward(dout, x, w)
    assert_close(part(got, 2), gradients(dout, x, w)[2], **CLOSE)
    for wrong in (
        dout.transpose(0, 1, 3, 2), dout[:1], dout[:, :1], dout[..., :1], dout[:, :, :1], dout[0],
        dout[np.newaxis], dout.reshape(2, -1), dout.reshape(1, 4, 2, 4),
        dout.transpose(0, 2, 3, 1), np.float64(1.0),
    ):  # fmt: skip
        with raises(ValueError):
            solution.conv2d_backward(wrong, x, w)
    for images, filters in ((x[:, :1], w), (x, w[:, :1]), (x[0], w), (x, w[0])):
        with raises(ValueError):
            solution.conv2d_backward(dout, images, filters)
    with raises(ValueError):
        solution.conv2d_backward(dout, x, w, 2)
    with raises(ValueError):
        solution.conv2d_backward(dout, x, w, 1, 1)


def test_leaves_its_arguments_alone(solution, rng):
    """dout, x and w do not change, and neither do the outputs of the layer."""
    for case in (CASES[0], CASES[3]):
        dout, x, w, _ = draw(rng, case)
        got = solution.conv2d_backward(dout, x, w, *case[2:])
        assert_close(part(got, 2), gradients(dout, x, w, *case[2:])[2], **CLOSE)
        assert_arguments_unchanged(dout=dout, x=x, w=w)
    for case in (CASES[0], CASES[3]):
        layer, dout, x, w, b = new_layer(solution, rng, case)
        outputs = layer.forward(x, training=True)
        assert_close(outputs, correlate(x, w, b, *case[2:]), **CLOSE)
        assert_close(layer.backward(dout), gradients(dout, x, w, *case[2:])[0], **CLOSE)
        assert_arguments_unchanged(x=x, dout=dout, outputs=outputs)


@points(2)
def test_layer_computes_with_its_params(solution, rng):
    """forward of the layer is conv2d with the arrays in params, even if they change in place."""
    for case in CASES[1:4]:
        layer, _, x, w, b = new_layer(solution, rng, case)
        expected = correlate(x, w, b, *case[2:])
        assert_close(layer.forward(x), expected, **CLOSE)
        assert_close(layer.forward(x, training=True), expected, **CLOSE)
        integers = rng.integers(-3, 4, x.shape)
        assert_close(layer.forward(integers), correlate(integers, w, b, *case[2:]), **CLOSE)
    assert_close(layer.forward(x[:0]), expected[:0])


@points(2)
def test_starts_with_he_weights(solution, rng):
    """A new layer has the weights that he_normal draws from rng, for fan_in = C * kh * kw."""
    for channels, filters, kernel in ((1, 2, (2, 3)), (3, 4, (3, 2)), (4, 2, (1, 1))):
        seed = int(rng.integers(2**31))
        layer = solution.Conv2D(channels, filters, kernel, solution.rng(seed))
        params, shape = layer.params, (filters, channels, *kernel)
        assert_close(entry(params, "b"), np.zeros(filters))
        drawn = solution.probe.drawn_by_he_init(channels * kernel[0] * kernel[1], filters, seed)
        got = entry(params, "w")
        assert_close(got, np.zeros(shape), atol=1e6)
        assert_close(np.sort(got.ravel()), np.sort(drawn.ravel()))
    assert_draws_from_generator(
        solution, lambda g: solution.Conv2D(2, 3, (2, 2), g).params["w"], int(rng.integers(2**31))
    )


@points(3)
def test_layer_backward(solution, rng):
    """backward of the layer returns dx, and puts dw and db into grads."""
    for case in CASES[1:4]:
        layer, dout, x, w, _ = new_layer(solution, rng, case)
        layer.forward(x, training=True)
        dx = layer.backward(dout)
        right = gradients(dout, x, w, *case[2:])
        grads = layer.grads
        assert_close(entry(grads, "b"), right[2], **CLOSE)
        assert_close(entry(grads, "w"), right[1], **CLOSE)
        assert_close(dx, right[0], **CLOSE)


@points(2)
def test_gradients_add_up(solution, rng):
    """Each backward adds to grads: several calls give the sums, and an empty batch adds 0."""
    layer, _, _, w, _ = new_layer(solution, rng, PIXELS)
    dw, db = np.zeros(w.shape), np.zeros(len(w))
    for share in (slice(None), slice(None), slice(0)):
        dout, x, _, _ = draw(rng, PIXELS)
        dout, x = dout[share], x[share]
        layer.forward(x, training=True)
        for _ in range(2):
            layer.backward(dout)
            right = gradients(dout, x, w)
            dw, db = dw + right[1], db + right[2]
            assert_close(entry(layer.grads, "b"), db, **CLOSE)
            assert_close(entry(layer.grads, "w"), dw, **CLOSE)


def test_zero_grad(solution, rng):
    """Gradients are zero at first, and zero_grad writes zeros into the arrays of grads."""
    for _ in range(2):
        layer, dout, x, w, b = new_layer(solution, rng, PIXELS)
        for name, shape in (("w", w.shape), ("b", b.shape)):
            assert_close(entry(layer.grads, name), np.zeros(shape))
        layer.forward(x, training=True)
        layer.backward(dout)
        assert_close(entry(layer.grads, "b"), dout.sum(axis=(0, 2, 3)), **CLOSE)
        assert solution.probe.zeros_in_the_same_arrays(layer) == {"w": True, "b": True}


@points(2)
def test_other_forward_calls_do_not_disturb(solution, rng):
    """A forward without training, between forward and backward, changes no gradient."""
    layer, dout, x, w, b = new_layer(solution, rng, PIXELS)
    other = rng.normal(size=x.shape)
    layer.forward(x, training=True)
    assert_close(layer.forward(other), correlate(other, w, b), **CLOSE)
    layer.backward(dout)
    dw = gradients(dout, x, w)[1]
    assert_close(entry(layer.grads, "w"), dw, **CLOSE)
    layer.forward(other, training=True)
    assert_close(layer.forward(x[:1], training=False), correlate(x[:1], w, b), **CLOSE)
    layer.backward(dout)
    assert_close(entry(layer.grads, "w"), dw + gradients(dout, other, w)[1], **CLOSE)


def test_backward_needs_a_forward(solution, rng):
    """backward of the layer without a forward for training raises a RuntimeError."""
    for measured_before in (True, False):
        layer, dout, x, w, b = new_layer(solution, rng, PIXELS)
        if measured_before:
            assert_close(layer.forward(x), correlate(x, w, b), **CLOSE)
        with raises(RuntimeError):
            layer.backward(dout)


def test_layer_refuses_shapes_that_do_not_fit(solution, rng):
    """For other shapes, forward and backward raise a ValueError, and grads stay as they are."""
    layer, dout, x, w, b = new_layer(solution, rng, ((2, 3, 4, 5), (2, 3, 2), 1, 0))
    assert_close(layer.forward(x, training=True), correlate(x, w, b), **CLOSE)
    for wrong in (x[0], x[:, :1], x[:, :, :2], x[np.newaxis]):
        with raises(ValueError):
            layer.forward(wrong)
    for wrong in (dout.transpose(0, 1, 3, 2), dout[:1], dout[:, :1], dout[..., :1], dout[0]):
        with raises(ValueError):
            layer.backward(wrong)
        assert_close(entry(layer.grads, "w"), np.zeros(w.shape))
        assert_close(entry(layer.grads, "b"), np.zeros(len(w)))


def test_each_layer_has_its_own_arrays(solution, rng):
    """backward of one layer does not change the gradients of another layer."""
    made = [new_layer(solution, rng, PIXELS) for _ in range(2)]
    for layer, dout, x, w, b in made:
        assert_close(layer.forward(x, training=True), correlate(x, w, b), **CLOSE)
        layer.backward(dout)
        assert_close(entry(layer.grads, "b"), dout.sum(axis=(0, 2, 3)), **CLOSE)
