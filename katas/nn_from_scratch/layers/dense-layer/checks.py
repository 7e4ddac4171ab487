"""Hidden checks of the kata dense-layer."""

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_arguments_unchanged,
    assert_close,
    assert_draws_from_generator,
    assert_gradient,
    central_difference,
    points,
    raises,
)

SIZES = ((4, 4, 4), (7, 5, 3), (1, 5, 3), (3, 2, 6))
"""N, I and O."""


def new_layer(solution, i, o, seed=5):
    """Make a layer, and return it with its weights."""
    layer = solution.Dense(i, o, solution.rng(seed))
    return layer, arrays(layer.params, i, o)["W"]


def arrays(named, i, o):
    """Return `named` if it has an array (I, O) for "W" and an array (O,) for "b"; else fail."""
    if type(named) is not dict or set(map(str, named)) != {"W", "b"}:
        raise CheckFailed("a dictionary with W and b was expected", rung="type")
    for name, shape in (("W", (i, o)), ("b", (o,))):
        array = named[name]
        if not isinstance(array, np.ndarray) or array.shape != shape or array.dtype.kind != "f":
            raise CheckFailed(f"{name}: floats of the shape {shape} were expected", rung="shape")
        if not np.isfinite(array).all():
            raise CheckFailed(f"{name} is not finite", rung="finite")
    return named


def gradient_of(layer, name):
    """Return one entry of grads."""
    grads = layer.grads
    if type(grads) is not dict or name not in grads:
        raise CheckFailed("a dictionary with W and b was expected", rung="type")
    return grads[name]


def batch(rng, n, i, o):
    """Draw n samples and an upstream gradient."""
    return rng.normal(size=(n, i)), rng.normal(size=(n, o))


def test_forward(solution, rng):
    """forward gives x @ W for a new layer, one row per sample, including for integers."""
    for n, i, o in SIZES:
        layer, W = new_layer(solution, i, o)
        x, _ = batch(rng, n, i, o)
        assert_close(layer.forward(x), x @ W, atol=1e-12)
        assert_close(layer.forward(x, training=True), x @ W, atol=1e-12)
        integers = rng.integers(-3, 4, (n, i))
        assert_close(layer.forward(integers), integers @ W, atol=1e-12)


def test_forward_of_an_empty_batch(solution, rng):
    """forward of no samples gives an array of shape (0, O)."""
    layer, W = new_layer(solution, 3, 2)
    x = rng.normal(size=(1, 3))
    assert_close(layer.forward(x), x @ W, atol=1e-12)
    for training in (False, True):
        assert_close(layer.forward(np.empty((0, 3)), training=training), np.empty((0, 2)))


@points(3)
def test_uses_the_arrays_in_params(solution, rng):
    """When params["W"] and params["b"] are changed in place, the layer computes with them."""
    for n, i, o in SIZES:
        layer, _ = new_layer(solution, i, o)
        x, dout = batch(rng, n, i, o)
        W, b = rng.normal(size=(i, o)), rng.normal(size=o)
        solution.probe.write_params(layer, W, b)
        assert_close(layer.forward(x, training=True), x @ W + b, atol=1e-12)
        assert_close(layer.backward(dout), dout @ W.T, atol=1e-12)


def assert_drawn(solution, rng, init, scheme):
    """Compare a new layer with what a function of he-init draws from an equal generator."""
    for i, o in ((4, 3), (2, 5)):
        seed = int(rng.integers(2**31))
        layer = solution.Dense(i, o, solution.rng(seed), **init)
        expected = solution.probe.drawn_by_he_init(scheme, i, o, seed)
        got = arrays(layer.params, i, o)
        assert_close(got["W"], expected)
        assert_close(got["b"], np.zeros(o))


def test_starts_with_he_weights(solution, rng):
    """By default, W is what he_normal draws from rng, and b is zero; another layer draws anew."""
    for init in ({}, {"init": "he"}):
        assert_drawn(solution, rng, init, "he_normal")
    seed = int(rng.integers(2**31))
    assert_draws_from_generator(solution, lambda g: solution.Dense(4, 3, g).params["W"], seed)


def test_starts_with_other_weights(solution, rng):
    """With init="xavier" or "lecun", W is what xavier_normal or lecun_normal draws from rng."""
    for init in ("xavier", "lecun"):
        assert_drawn(solution, rng, {"init": init}, f"{init}_normal")


def test_refuses_an_unknown_scheme(solution, rng):
    """A word for init that is not "he", "xavier" or "lecun" raises a ValueError."""
    layer, W = new_layer(solution, 2, 3)
    x = rng.normal(size=(2, 2))
    assert_close(layer.forward(x), x @ W, atol=1e-12)
    for word in ("zeros", "", "normal"):
        with raises(ValueError):
            solution.Dense(2, 3, solution.rng(0), init=word)


@points(3)
def test_weight_gradient(solution, rng):
    """backward gives grads["W"] the sum over the samples of each input times each upstream."""
    layer, _ = new_layer(solution, 2, 3)
    layer.forward(np.array([[1.0, 2.0]]), training=True)
    layer.backward(np.array([[1.0, 0.0, -1.0]]))
    assert_close(gradient_of(layer, "W"), np.array([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0]]))
    for n, i, o in SIZES:
        layer, _ = new_layer(solution, i, o)
        x, dout = batch(rng, n, i, o)
        layer.forward(x, training=True)
        layer.backward(dout)
        assert_close(gradient_of(layer, "W"), x.T @ dout, atol=1e-12)


@points(3)
def test_bias_gradient(solution, rng):
    """backward gives grads["b"] the sum of the upstream gradient over the samples, (O,)."""
    layer, _ = new_layer(solution, 2, 3)
    layer.forward(np.ones((2, 2)), training=True)
    layer.backward(np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]]))
    assert_close(gradient_of(layer, "b"), np.array([11.0, 22.0, 33.0]))
    for n, i, o in SIZES:
        layer, _ = new_layer(solution, i, o)
        x, dout = batch(rng, n, i, o)
        layer.forward(x, training=True)
        layer.backward(dout)
        assert_close(gradient_of(layer, "b"), dout.sum(axis=0), atol=1e-12)


@points(3)
def test_input_gradient(solution, rng):
    """backward returns the gradient with respect to the inputs: dout times W transposed."""
    for n, i, o in SIZES:
        layer, W = new_layer(solution, i, o)
        x, dout = batch(rng, n, i, o)
        layer.forward(x, training=True)
        assert_close(layer.backward(dout), dout @ W.T, atol=1e-12)


@points(2)
def test_gradients_match_central_differences(solution, rng):
    """All three gradients are the measured ones, for a random upstream gradient."""
    for n, i, o in SIZES:
        layer, W = new_layer(solution, i, o)
        x, dout = (rng.uniform(0.5, 1.5, shape) for shape in ((n, i), (n, o)))
        layer.forward(x, training=True)
        d_x = layer.backward(dout)
        measured = central_difference(lambda v, W=W, dout=dout: float((v @ W * dout).sum()), x)
        assert_close(d_x, measured, rtol=1e-6, atol=1e-8)
        assert_gradient(
            gradient_of(layer, "W"), lambda v, x=x, dout=dout: float((x @ v * dout).sum()), W
        )
        assert_gradient(
            gradient_of(layer, "b"), lambda v, dout=dout: float((v * dout).sum()), np.zeros(o)
        )


@points(3)
def test_gradients_add_up(solution, rng):
    """Each backward adds to grads: several calls give the sums, and an empty batch adds 0."""
    layer, _ = new_layer(solution, 3, 2)
    dW, db = np.zeros((3, 2)), np.zeros(2)
    for n in (4, 4, 1, 0):
        x, dout = batch(rng, n, 3, 2)
        layer.forward(x, training=True)
        for _ in range(2):
            layer.backward(dout)
            dW, db = dW + x.T @ dout, db + dout.sum(axis=0)
            assert_close(gradient_of(layer, "W"), dW, atol=1e-12)
            assert_close(gradient_of(layer, "b"), db, atol=1e-12)


def test_each_layer_has_gradients_of_its_own(solution, rng):
    """backward of one layer does not change the gradients of another layer."""
    first, second = solution.Dense(3, 2, solution.rng(1)), solution.Dense(3, 2, solution.rng(2))
    for layer in (first, second):
        x, dout = batch(rng, 4, 3, 2)
        layer.forward(x, training=True)
        layer.backward(dout)
        grads = arrays(layer.grads, 3, 2)
        assert_close(grads["W"], x.T @ dout, atol=1e-12)
        assert_close(grads["b"], dout.sum(axis=0), atol=1e-12)


def test_starts_and_restarts_with_zero_gradients(solution, rng):
    """All gradients are zero in a new layer and after zero_grad."""
    layer, _ = new_layer(solution, 3, 2)
    for _ in range(2):
        grads = arrays(layer.grads, 3, 2)
        assert_close(grads["W"], np.zeros((3, 2)))
        assert_close(grads["b"], np.zeros(2))
        x, dout = batch(rng, 4, 3, 2)
        layer.forward(x, training=True)
        layer.backward(dout)
        assert_close(gradient_of(layer, "b"), dout.sum(axis=0), atol=1e-12)
        layer.zero_grad()


def test_zero_grad_keeps_its_arrays(solution, rng):
    """zero_grad writes zeros into the arrays that grads contains, because others may hold them."""
    for n, i, o in SIZES[:2]:
        layer, W = new_layer(solution, i, o)
        x, dout = batch(rng, n, i, o)
        assert_close(layer.forward(x, training=True), x @ W, atol=1e-12)
        layer.backward(dout)
        assert solution.probe.zeros_in_the_same_arrays(layer) == {"W": True, "b": True}


@points(2)
def test_other_forward_calls_do_not_disturb(solution, rng):
    """A forward without training, between forward and backward, changes no gradient."""
    layer, W = new_layer(solution, 3, 2)
    x, dout = batch(rng, 4, 3, 2)
    layer.forward(x, training=True)
    other, _ = batch(rng, 4, 3, 2)
    assert_close(layer.forward(other), other @ W, atol=1e-12)
    layer.backward(dout)
    assert_close(gradient_of(layer, "W"), x.T @ dout, atol=1e-12)
    layer.forward(other, training=True)
    assert_close(layer.forward(x[:1], training=False), x[:1] @ W, atol=1e-12)
    layer.backward(dout)
    assert_close(gradient_of(layer, "W"), (x + other).T @ dout, atol=1e-12)


def test_backward_needs_a_forward(solution, rng):
    """backward without a forward for training raises a RuntimeError."""
    for measured_before in (True, False):
        layer, W = new_layer(solution, 3, 2)
        x, dout = batch(rng, 4, 3, 2)
        if measured_before:
            assert_close(layer.forward(x), x @ W, atol=1e-12)
        with raises(RuntimeError):
            layer.backward(dout)


def test_refuses_samples_of_another_shape(solution, rng):
    """forward raises a ValueError when x is not (N, I)."""
    layer, W = new_layer(solution, 3, 2)
    x, _ = batch(rng, 4, 3, 2)
    assert_close(layer.forward(x), x @ W, atol=1e-12)
    for wrong in (x[0], x[:, :2], np.ones((4, 4)), x[np.newaxis], x.T):
        for training in (False, True):
            with raises(ValueError):
                layer.forward(wrong, training=training)


def test_refuses_an_upstream_gradient_of_another_shape(solution, rng):
    """If dout is not (N, O), backward raises a ValueError and leaves grads as they are."""
    layer, W = new_layer(solution, 3, 2)
    x, dout = batch(rng, 4, 3, 2)
    assert_close(layer.forward(x, training=True), x @ W, atol=1e-12)
    for wrong in (
        dout[:1], dout[0], dout[:, :1], np.ones((4, 3)), np.ones((5, 2)), np.float64(1.0),
        dout[np.newaxis],
    ):  # fmt: skip
        with raises(ValueError):
            layer.backward(wrong)
        grads = arrays(layer.grads, 3, 2)
        assert_close(grads["W"], np.zeros((3, 2)))
        assert_close(grads["b"], np.zeros(2))


def test_leaves_its_arguments_alone(solution, rng):
    """x, the upstream gradient and the outputs do not change."""
    for n in (1, 4):
        layer, W = new_layer(solution, 3, 2)
        x, dout = batch(rng, n, 3, 2)
        outputs = layer.forward(x, training=True)
        assert_close(outputs, x @ W, atol=1e-12)
        assert_close(layer.backward(dout), dout @ W.T, atol=1e-12)
        assert_arguments_unchanged(x=x, dout=dout, outputs=outputs)
