"""Hidden checks of the kata layernorm."""

import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_arguments_unchanged,
    assert_close,
    assert_equal,
    central_difference,
    points,
    raises,
)

SIZES = ((4, 4), (7, 3), (2, 5), (1, 6))
"""Tokens and D."""
DEEP = ((2, 3, 4), (5,), (1, 4, 3), (2, 1, 3, 2))
EPS = 1e-5
CLOSE = {"rtol": 1e-7, "atol": 1e-9}


def normalize(x, eps=EPS):
    """Return x_hat, token by token."""
    x = np.asarray(x, float)
    x_hat = np.empty(x.shape)
    for place in np.ndindex(x.shape[:-1]):
        token = x[place]
        mean = math.fsum(token) / len(token)
        var = math.fsum((feature - mean) ** 2 for feature in token.tolist()) / len(token)
        x_hat[place] = (token - mean) / math.sqrt(var + eps)
    return x_hat


def gradient(x, dout, gamma, eps=EPS):
    """Return the gradient with respect to x, by the Jacobian of each token."""
    d = x.shape[-1]
    result, x_hat = np.empty(x.shape), normalize(x, eps)
    for place in np.ndindex(x.shape[:-1]):
        h = x_hat[place]
        deviation = math.sqrt(x[place].var() + eps)
        jacobian = (np.eye(d) - 1 / d - np.outer(h, h) / d) / deviation
        result[place] = jacobian @ (dout[place] * gamma)
    return result


def sum_tokens(array):
    """Add up all tokens."""
    return array.reshape(-1, array.shape[-1]).sum(axis=0)


def draw(rng, *shape):
    """Draw tokens, which have means and deviations of their own, and dout."""
    ones = (*shape[:-1], 1)
    x = rng.normal(size=shape) * rng.uniform(0.5, 3.0, ones) + rng.uniform(-3.0, 3.0, ones)
    return x + rng.uniform(-2.0, 2.0, shape[-1]), rng.normal(size=shape)


def new_layer(solution, rng, d, **options):
    """Make a layer with random gamma and beta; return it, gamma and beta."""
    layer = solution.LayerNorm(d, **options)
    gamma, beta = rng.uniform(0.5, 2.0, d), rng.uniform(1.0, 3.0, d)
    solution.probe.write_params(layer, gamma, beta)
    return layer, gamma, beta


def entry(named, name):
    """Return one entry of params or grads."""
    if type(named) is not dict or set(map(str, named)) != {"gamma", "beta"}:
        raise CheckFailed("a dictionary with gamma and beta was expected", rung="type")
    return named[name]


def gradient_of(layer, name):
    """Return one entry of grads."""
    return entry(layer.grads, name)


def test_the_example(solution, rng):
    """The token (1, 3, 3, 9), with the mean 4 and the variance 9, becomes (-1, -1/3, -1/3, 5/3)."""
    token = np.array([[1.0, 3.0, 3.0, 9.0]])
    expected = np.array([[-1.0, -1 / 3, -1 / 3, 5 / 3]])
    assert_close(solution.LayerNorm(4).forward(token), expected, rtol=1e-4)
    x = rng.integers(-9, 10, (2, 4)) + np.array([0.0, 30.0, 0.0, 60.0])
    assert_close(solution.LayerNorm(4).forward(x), normalize(x), rtol=1e-4, atol=1e-5)


@points(3)
def test_normalizes_each_token(solution, rng):
    """Each row of the output of a new layer has the mean 0 and the variance 1."""
    for n, d in SIZES:
        x, _ = draw(rng, n, d)
        layer = solution.LayerNorm(d)
        assert_close(layer.forward(x), normalize(x), **CLOSE)
        assert_close(layer.forward(x, training=True), normalize(x), **CLOSE)


@points(3)
def test_tokens_in_any_shape(solution, rng):
    """A single token, and batches of sequences, are normalized along the last axis only."""
    for shape in DEEP:
        x, _ = draw(rng, *shape)
        assert_close(solution.LayerNorm(shape[-1]).forward(x), normalize(x), **CLOSE)


@points(2)
def test_a_token_does_not_depend_on_others(solution, rng):
    """Other tokens, and earlier batches, do not change what a token becomes."""
    for d in (3, 5):
        layer, gamma, beta = new_layer(solution, rng, d)
        token, _ = draw(rng, 1, d)
        expected = gamma * normalize(token) + beta
        for n in (1, 3, 6):
            x, _ = draw(rng, n, d)
            got = layer.forward(np.concatenate([x, token]), training=True)
            assert_close(got, gamma * normalize(np.concatenate([x, token])) + beta, **CLOSE)
            assert_close(layer.forward(token), expected, **CLOSE)


def test_scales_and_shifts(solution, rng):
    """The output is gamma * x_hat + beta, with the arrays in params, even if they are changed."""
    for shape in (*SIZES, (2, 3, 4)):
        x, _ = draw(rng, *shape)
        layer, gamma, beta = new_layer(solution, rng, shape[-1])
        expected = gamma * normalize(x) + beta
        assert_close(layer.forward(x, training=True), expected, **CLOSE)


def test_tokens_of_any_size(solution, rng):
    """Large means, small deviations and equal features are computed without losing digits."""
    x = rng.normal(size=(7, 8)) * np.array([[1.0], [1.0], [1.0], [1.0], [1e-3], [0.0], [1000.0]])
    x = x + np.array([[1e7], [2e7], [-3e7], [4e7], [0.0], [0.7], [0.0]])
    got = solution.LayerNorm(8).forward(x, training=True)
    assert_close(got, normalize(x), rtol=1e-6, atol=1e-7)


@points(5)
def test_input_gradient(solution, rng):
    """backward returns the gradient through all three ways: direct, mean, and variance."""
    layer = solution.LayerNorm(4)
    layer.forward(np.array([[1.0, 3.0, 3.0, 9.0]]), training=True)
    got = layer.backward(np.array([[18.0, 0.0, 0.0, 0.0]]))
    assert_close(got, np.array([[3.0, -2.0, -2.0, 1.0]]), atol=1e-4)
    for shape in (*SIZES, *DEEP):
        x, dout = draw(rng, *shape)
        layer, gamma, _ = new_layer(solution, rng, shape[-1])
        layer.forward(x, training=True)
        assert_close(layer.backward(dout), gradient(x, dout, gamma), **CLOSE)


@points(5)
def test_input_gradient_matches_central_differences(solution, rng):
    """The gradient with respect to x is the measured one, for a random upstream gradient."""
    for shape in ((3, 5), (2, 2, 3)):
        x, dout = draw(rng, *shape)
        layer, gamma, _ = new_layer(solution, rng, shape[-1], eps=0.1)
        measured = central_difference(
            lambda v, g=gamma, dout=dout: float((g * normalize(v, 0.1) * dout).sum()), x
        )
        layer.forward(x, training=True)
        assert_close(layer.backward(dout), measured, rtol=1e-6, atol=1e-8)


@points(2)
def test_parameter_gradients(solution, rng):
    """backward adds the sum of dout * x_hat to grads["gamma"], and that of dout to "beta"."""
    for n, d in SIZES:
        x, dout = draw(rng, n, d)
        layer, _, _ = new_layer(solution, rng, d)
        layer.forward(x, training=True)
        layer.backward(dout)
        assert_close(gradient_of(layer, "gamma"), sum_tokens(dout * normalize(x)), **CLOSE)
        assert_close(gradient_of(layer, "beta"), sum_tokens(dout), **CLOSE)


@points(2)
def test_parameter_gradients_of_tokens_in_any_shape(solution, rng):
    """The gradients of gamma and beta are summed over every axis but the last."""
    for shape in DEEP:
        x, dout = draw(rng, *shape)
        layer, _, _ = new_layer(solution, rng, shape[-1])
        layer.forward(x, training=True)
        layer.backward(dout)
        assert_close(gradient_of(layer, "gamma"), sum_tokens(dout * normalize(x)), **CLOSE)
        assert_close(gradient_of(layer, "beta"), sum_tokens(dout), **CLOSE)


def test_gradients_add_up(solution, rng):
    """Each backward adds to grads: after several calls, they are the sums."""
    layer, _, _ = new_layer(solution, rng, 3)
    d_gamma, d_beta = np.zeros(3), np.zeros(3)
    for n in (4, 4, 1):
        x, dout = draw(rng, n, 3)
        layer.forward(x, training=True)
        for _ in range(2):
            layer.backward(dout)
            d_gamma = d_gamma + sum_tokens(dout * normalize(x))
            d_beta = d_beta + sum_tokens(dout)
            assert_close(gradient_of(layer, "gamma"), d_gamma, **CLOSE)
            assert_close(gradient_of(layer, "beta"), d_beta, **CLOSE)


def test_eps_is_added_below_the_root(solution, rng):
    """The deviation is sqrt(var + eps), with the eps of the layer, in forward and backward."""
    for eps in (0.25, float(rng.uniform(0.5, 2.0))):
        layer = solution.LayerNorm(3, eps=eps)
        x, dout = draw(rng, 5, 3)
        assert_close(layer.forward(x), normalize(x, eps), **CLOSE)
        assert_close(layer.forward(x, training=True), normalize(x, eps), **CLOSE)
        assert_close(layer.backward(dout), gradient(x, dout, np.ones(3), eps), **CLOSE)


def test_a_single_feature(solution, rng):
    """With D = 1, each token is its own mean: the output is beta, and dx is 0."""
    layer, _, beta = new_layer(solution, rng, 1)
    for shape in ((4, 1), (1,)):
        x, dout = draw(rng, *shape)
        expected = np.broadcast_to(beta, shape).copy()
        assert_close(layer.forward(x, training=True), expected, **CLOSE)
        assert_close(layer.backward(dout), np.zeros(shape), atol=1e-9)


def test_no_tokens(solution, rng):
    """No tokens give an output and a gradient without tokens, in training too."""
    layer, gamma, beta = new_layer(solution, rng, 3)
    x, _ = draw(rng, 2, 3)
    assert_close(layer.forward(x), gamma * normalize(x) + beta, **CLOSE)
    for shape in ((0, 3), (2, 0, 3)):
        nothing = np.empty(shape)
        assert_close(layer.forward(nothing), nothing)
        assert_close(layer.forward(nothing, training=True), nothing)
        assert_close(layer.backward(nothing), nothing)
        assert_close(gradient_of(layer, "gamma"), np.zeros(3))


def test_integers(solution, rng):
    """Integers in x are converted to float64."""
    layer = solution.LayerNorm(5)
    x = rng.permutation(np.arange(15)).reshape(3, 5) ** 2
    assert_close(layer.forward(x, training=True), normalize(x), **CLOSE)
    assert_close(layer.forward(x), normalize(x), **CLOSE)


def test_starts_and_restarts_with_zero_gradients(solution, rng):
    """A new layer has gamma 1, beta 0 and gradients 0; zero_grad sets the gradients to 0."""
    d = int(rng.integers(2, 9))
    layer = solution.LayerNorm(d)
    assert_close(entry(layer.params, "gamma"), np.ones(d))
    assert_close(entry(layer.params, "beta"), np.zeros(d))
    for _ in range(2):
        assert_close(gradient_of(layer, "gamma"), np.zeros(d))
        assert_close(gradient_of(layer, "beta"), np.zeros(d))
        x, dout = draw(rng, 4, d)
        layer.forward(x, training=True)
        layer.backward(dout)
        assert_close(gradient_of(layer, "beta"), sum_tokens(dout), **CLOSE)
        layer.zero_grad()


def test_zero_grad_keeps_its_arrays(solution, rng):
    """zero_grad writes zeros into the arrays that grads contains, because others may hold them."""
    for n, d in SIZES[:2]:
        layer = solution.LayerNorm(d)
        x, dout = draw(rng, n, d)
        assert_close(layer.forward(x, training=True), normalize(x), **CLOSE)
        layer.backward(dout)
        assert solution.probe.zeros_in_the_same_arrays(layer) == {"gamma": True, "beta": True}


def test_other_forward_calls_do_not_disturb(solution, rng):
    """A forward without training, between forward and backward, changes no gradient."""
    layer, gamma, _ = new_layer(solution, rng, 3)
    x, dout = draw(rng, 4, 3)
    layer.forward(x, training=True)
    other, _ = draw(rng, 4, 3)
    layer.forward(other)
    assert_close(layer.backward(dout), gradient(x, dout, gamma), **CLOSE)
    layer.forward(other, training=True)
    layer.forward(x[:1], training=False)
    assert_close(layer.backward(dout), gradient(other, dout, gamma), **CLOSE)
    expected = sum_tokens(dout * (normalize(x) + normalize(other)))
    assert_close(gradient_of(layer, "gamma"), expected, **CLOSE)


def test_backward_needs_a_forward(solution, rng):
    """backward without a forward for training raises a RuntimeError."""
    for measured_before in (True, False):
        layer = solution.LayerNorm(3)
        x, dout = draw(rng, 4, 3)
        if measured_before:
            assert_close(layer.forward(x), normalize(x), **CLOSE)
        with raises(RuntimeError):
            layer.backward(dout)


def test_refuses_tokens_of_another_length(solution, rng):
    """forward raises a ValueError when the last axis of x is not D long; nothing is broadcast."""
    layer = solution.LayerNorm(3)
    x, _ = draw(rng, 4, 3)
    assert_close(layer.forward(x, training=True), normalize(x), **CLOSE)
    for wrong in (x[:, :1], x[:, 0], x[:, :2], np.ones((4, 4)), np.ones((2, 3, 1)), x.T):
        for training in (False, True):
            with raises(ValueError):
                layer.forward(wrong, training=training)
    narrow = solution.LayerNorm(1)
    assert_close(narrow.forward(x[:, :1], training=True), np.zeros((4, 1)), **CLOSE)
    with raises(ValueError):
        narrow.forward(x)


def test_refuses_an_upstream_gradient_of_another_shape(solution, rng):
    """A dout of another shape than the output raises a ValueError, and grads stay as they are."""
    layer = solution.LayerNorm(3)
    x, dout = draw(rng, 4, 3)
    for tokens, others in (
        (x, (dout[:1], dout[0], dout[:, :1], dout[:3], dout[np.newaxis], np.float64(1.0))),
        (x[:1], (dout, dout[0])),
    ):
        assert_close(layer.forward(tokens, training=True), normalize(tokens), **CLOSE)
        for wrong in others:
            with raises(ValueError):
                layer.backward(wrong)
            assert_close(gradient_of(layer, "gamma"), np.zeros(3))
            assert_close(gradient_of(layer, "beta"), np.zeros(3))


def test_leaves_its_arguments_alone(solution, rng):
    """x, dout and the outputs do not change, and the same batch gives the same again."""
    for n in (2, 6):
        layer, gamma, beta = new_layer(solution, rng, 3)
        x, dout = draw(rng, n, 3)
        for _ in range(2):
            outputs = layer.forward(x, training=True)
            assert_close(outputs, gamma * normalize(x) + beta, **CLOSE)
            assert_close(layer.backward(dout), gradient(x, dout, gamma), **CLOSE)
            assert_arguments_unchanged(x=x, dout=dout, outputs=outputs)


def test_each_layer_has_its_own_numbers(solution, rng):
    """Two layers share no parameters and no gradients."""
    first, second = solution.LayerNorm(3), solution.LayerNorm(3)
    for layer in (first, second):
        x, dout = draw(rng, 4, 3)
        layer.forward(x, training=True)
        layer.backward(dout)
        assert_close(gradient_of(layer, "beta"), sum_tokens(dout), **CLOSE)
    solution.probe.write_params(second, np.full(3, 2.0), np.full(3, 5.0))
    assert_equal(entry(first.params, "gamma"), np.ones(3))


def positions(T, d):
    """Return the positions, number by number."""
    return np.array(
        [
            [(math.cos if j % 2 else math.sin)(t / 10000 ** ((j - j % 2) / d)) for j in range(d)]
            for t in range(T)
        ]
    ).reshape(T, d)


def test_the_first_positions(solution):
    """With d = 4, position 0 is (0, 1, 0, 1) and position 1 is (0.841, 0.540, 0.010, 1.000)."""
    for T in (1, 2):
        expected = np.array([[0.0, 1.0, 0.0, 1.0], [0.8414709848, 0.5403023059, 0.01, 1.0]])[:T]
        assert_close(solution.sinusoidal_positions(T, 4), expected, rtol=1e-4)


@points(4)
def test_positions(solution, rng):
    """Row t has sin(t / 10000^(2i/d)) in column 2i, and the cosine of the same angle beside it."""
    for d in (2, 4, 6, int(rng.integers(4, 20)) * 2):
        T = int(rng.integers(3, 50))
        assert_close(solution.sinusoidal_positions(T, d), positions(T, d), rtol=1e-9, atol=1e-9)


@points(2)
def test_products_depend_on_the_distance(solution, rng):
    """The scalar product of two positions is the sum of the cosines of the angles between them."""
    for _ in range(3):
        T, d = int(rng.integers(4, 30)), int(rng.integers(2, 20)) * 2
        P = solution.sinusoidal_positions(T, d)
        if not isinstance(P, np.ndarray) or P.shape != (T, d) or P.dtype.kind != "f":
            raise CheckFailed(f"floats of the shape {(T, d)} were expected", rung="shape")
        distance = np.arange(T)[:, np.newaxis] - np.arange(T)
        angles = distance[..., np.newaxis] * 10000 ** (-np.arange(0, d, 2) / d)
        assert_close(P @ P.T, np.cos(angles).sum(axis=-1), atol=1e-9)


def test_many_positions_and_none(solution, rng):
    """T may be 0, and some thousand positions have the right angles too."""
    T = int(rng.integers(2000, 4000))
    got = solution.sinusoidal_positions(T, 6)
    assert_close(got, positions(T, 6), rtol=1e-8, atol=1e-8)
    assert_close(solution.sinusoidal_positions(0, 6), np.empty((0, 6)))


def test_refuses_an_odd_number_of_columns(solution, rng):
    """An odd d raises a ValueError: a sine would be left without its cosine."""
    T = int(rng.integers(3, 40))
    assert_close(solution.sinusoidal_positions(T, 8), positions(T, 8), rtol=1e-9, atol=1e-9)
    for d in (1, 3, 7):
        with raises(ValueError):
            solution.sinusoidal_positions(T, d)
