"""Hidden checks of the kata batchnorm."""

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

SIZES = ((7, 3), (2, 5), (4, 4), (9, 2))
"""N and D."""
EPS = 1e-5
CLOSE = {"rtol": 1e-7, "atol": 1e-9}


def normalize(x, eps=EPS):
    """Return x_hat and the deviation of each column."""
    deviation = np.sqrt(((x - x.mean(axis=0)) ** 2).mean(axis=0) + eps)
    return (x - x.mean(axis=0)) / deviation, deviation


def gradient(x, dout, gamma, eps=EPS):
    """Return the gradient with respect to x, by the Jacobian of each column."""
    n = len(x)
    x_hat, deviation = normalize(x, eps)
    columns = []
    for h, s, g in zip(x_hat.T, deviation, (dout * gamma).T, strict=True):
        jacobian = (np.eye(n) - 1 / n - np.outer(h, h) / n) / s
        columns.append(jacobian @ g)
    return np.stack(columns, axis=1)


def batch(rng, n, d):
    """Draw samples, whose columns have means and deviations of their own, and dout."""
    x = rng.normal(size=(n, d)) * rng.uniform(0.5, 3.0, d) + rng.uniform(-3.0, 3.0, d)
    return x, rng.normal(size=(n, d))


def new_layer(solution, rng, d, **options):
    """Make a layer with random gamma and beta; return it, gamma and beta."""
    layer = solution.BatchNorm(d, **options)
    gamma, beta = rng.uniform(0.5, 2.0, d), rng.uniform(1.0, 3.0, d)
    solution.probe.write_params(layer, gamma, beta)
    return layer, gamma, beta


def gradient_of(layer, name):
    """Return one entry of grads."""
    return entry(layer.grads, name)


def entry(named, name):
    """Return one entry of params or grads."""
    if type(named) is not dict or set(map(str, named)) != {"gamma", "beta"}:
        raise CheckFailed("a dictionary with gamma and beta was expected", rung="type")
    return named[name]


def test_the_example(solution, rng):
    """In training, the column 1, 5, 1, 5 (mean 3, variance 4) becomes -1, 1, -1, 1."""
    x = np.array([[1.0], [5.0], [1.0], [5.0]])
    got = solution.BatchNorm(1).forward(x, training=True)
    assert_close(got, np.array([[-1.0], [1.0], [-1.0], [1.0]]), rtol=1e-4)
    x = rng.integers(-9, 10, (2, 1)) + np.array([[0.0], [30.0]])
    got = solution.BatchNorm(1).forward(x, training=True)
    assert_close(got, normalize(x)[0], rtol=1e-4)


@points(3)
def test_training_normalizes_each_column(solution, rng):
    """In training, each column of the output of a new layer has the mean 0 and the variance 1."""
    for n, d in (*SIZES, (3, 300)):
        x, _ = batch(rng, n, d)
        assert_close(solution.BatchNorm(d).forward(x, training=True), normalize(x)[0], **CLOSE)


def test_scales_and_shifts(solution, rng):
    """The output is gamma * x_hat + beta, with the arrays in params, even if they are changed."""
    for n, d in SIZES:
        x, _ = batch(rng, n, d)
        layer, gamma, beta = new_layer(solution, rng, d)
        expected = gamma * normalize(x)[0] + beta
        assert_close(layer.forward(x, training=True), expected, **CLOSE)


def test_columns_of_any_size(solution, rng):
    """Large means, small deviations and constant columns are computed without losing digits."""
    x = rng.normal(size=(8, 7)) * np.array([1.0, 1.0, 1.0, 1.0, 1e-3, 0.0, 1000.0])
    x = x + np.array([1e7, 2e7, -3e7, 4e7, 0.0, 0.7, 0.0])
    got = solution.BatchNorm(7).forward(x, training=True)
    assert_close(got, normalize(x)[0], rtol=1e-6, atol=1e-7)


@points(10)
def test_input_gradient(solution, rng):
    """backward returns the gradient through all three ways: direct, mean, and variance."""
    layer = solution.BatchNorm(1)
    layer.forward(np.array([[1.0], [5.0], [1.0], [5.0]]), training=True)
    got = layer.backward(np.array([[8.0], [0.0], [0.0], [0.0]]))
    assert_close(got, np.array([[2.0], [0.0], [-2.0], [0.0]]), atol=1e-4)
    for n, d in SIZES:
        x, dout = batch(rng, n, d)
        layer, gamma, _ = new_layer(solution, rng, d)
        layer.forward(x, training=True)
        assert_close(layer.backward(dout), gradient(x, dout, gamma), **CLOSE)


@points(10)
def test_input_gradient_matches_central_differences(solution, rng):
    """The gradient with respect to x is the measured one, for a random upstream gradient."""
    for n, d in ((5, 3), (3, 4)):
        x, dout = batch(rng, n, d)
        layer, gamma, _ = new_layer(solution, rng, d, eps=0.1)
        measured = central_difference(
            lambda v, g=gamma, dout=dout: float((g * normalize(v, 0.1)[0] * dout).sum()), x
        )
        layer.forward(x, training=True)
        assert_close(layer.backward(dout), measured, rtol=1e-6, atol=1e-8)


def test_gamma_gradient(solution, rng):
    """backward adds to grads["gamma"] the sum over the samples of dout times x_hat."""
    for n, d in SIZES:
        x, dout = batch(rng, n, d)
        layer, _, _ = new_layer(solution, rng, d)
        layer.forward(x, training=True)
        layer.backward(dout)
        assert_close(gradient_of(layer, "gamma"), (dout * normalize(x)[0]).sum(axis=0), **CLOSE)


def test_beta_gradient(solution, rng):
    """backward adds to grads["beta"] the sum of dout over the samples."""
    for n, d in SIZES:
        x, dout = batch(rng, n, d)
        layer, _, _ = new_layer(solution, rng, d)
        layer.forward(x, training=True)
        layer.backward(dout)
        assert_close(gradient_of(layer, "beta"), dout.sum(axis=0), **CLOSE)


def test_gradients_add_up(solution, rng):
    """Each backward adds to grads: after several calls, they are the sums."""
    layer, _, _ = new_layer(solution, rng, 3)
    d_gamma, d_beta = np.zeros(3), np.zeros(3)
    for n in (4, 4, 6):
        x, dout = batch(rng, n, 3)
        layer.forward(x, training=True)
        for _ in range(2):
            layer.backward(dout)
            d_gamma = d_gamma + (dout * normalize(x)[0]).sum(axis=0)
            d_beta = d_beta + dout.sum(axis=0)
            assert_close(gradient_of(layer, "gamma"), d_gamma, **CLOSE)
            assert_close(gradient_of(layer, "beta"), d_beta, **CLOSE)


def test_running_mean(solution, rng):
    """In training, running_mean becomes momentum * old + (1 - momentum) * mean of the batch."""
    for d, options in ((1, {}), (3, {"momentum": 0.75}), (2, {"momentum": 0.0})):
        layer, m = solution.BatchNorm(d, **options), options.get("momentum", 0.9)
        expected = np.zeros(d)
        for n in (4, 7, 2):
            x, _ = batch(rng, n, d)
            layer.forward(x, training=True)
            expected = m * expected + (1 - m) * x.mean(axis=0)
            assert_close(layer.running_mean, expected, **CLOSE)


def test_running_variance(solution, rng):
    """In training, running_var becomes momentum * old + (1 - momentum) * variance of the batch."""
    for d, options in ((1, {}), (3, {"momentum": 0.75}), (2, {"momentum": 0.0})):
        layer, m = solution.BatchNorm(d, **options), options.get("momentum", 0.9)
        expected = np.ones(d)
        for n in (4, 7, 2):
            x, _ = batch(rng, n, d)
            layer.forward(x, training=True)
            expected = m * expected + (1 - m) * x.var(axis=0)
            assert_close(layer.running_var, expected, **CLOSE)


@points(3)
def test_without_training_the_running_statistics_count(solution, rng):
    """Without training, each sample is normalized with running_mean and running_var alone."""
    for n, d in ((1, 3), *SIZES):
        layer, gamma, beta = new_layer(solution, rng, d, momentum=0.5)
        first, _ = batch(rng, 6, d)
        layer.forward(first, training=True)
        mean, var = 0.5 * first.mean(axis=0), 0.5 + 0.5 * first.var(axis=0)
        x, _ = batch(rng, n, d)
        expected = gamma * (x - mean) / np.sqrt(var + EPS) + beta
        assert_close(layer.forward(x), expected, **CLOSE)
        assert_close(layer.forward(x[:1]), expected[:1], **CLOSE)


def test_measuring_moves_no_running_statistics(solution, rng):
    """A forward without training leaves running_mean and running_var as they are."""
    layer = solution.BatchNorm(3)
    x, _ = batch(rng, 6, 3)
    layer.forward(x, training=True)
    mean, var = 0.1 * x.mean(axis=0), 0.9 + 0.1 * x.var(axis=0)
    for n in (5, 1):
        other, _ = batch(rng, n, 3)
        assert_close(layer.forward(other), (other - mean) / np.sqrt(var + EPS), **CLOSE)
        assert_close(layer.running_mean, mean, **CLOSE)
        assert_close(layer.running_var, var, **CLOSE)


def test_training_with_one_sample(solution, rng):
    """A single sample is its own mean: in training, the output is beta, and dx is 0."""
    for d in (3, 1):
        layer, _, beta = new_layer(solution, rng, d)
        x, dout = batch(rng, 1, d)
        assert_close(layer.forward(x, training=True), beta[np.newaxis], **CLOSE)
        assert_close(layer.backward(dout), np.zeros((1, d)), atol=1e-9)
        assert_close(layer.running_var, np.full(d, 0.9), **CLOSE)


def test_no_samples(solution, rng):
    """Without training, no sample gives (0, D); in training it raises ValueError."""
    layer, _, _ = new_layer(solution, rng, 3)
    x, _ = batch(rng, 4, 3)
    layer.forward(x, training=True)
    assert_close(layer.forward(np.empty((0, 3))), np.empty((0, 3)))
    assert_close(layer.running_mean, 0.1 * x.mean(axis=0), **CLOSE)
    assert_close(layer.running_var, 0.9 + 0.1 * x.var(axis=0), **CLOSE)
    with raises(ValueError):
        layer.forward(np.empty((0, 3)), training=True)
    assert_close(layer.running_mean, 0.1 * x.mean(axis=0), **CLOSE)
    assert_close(layer.running_var, 0.9 + 0.1 * x.var(axis=0), **CLOSE)


def test_eps_is_added_below_the_root(solution, rng):
    """The deviation is sqrt(var + eps), with the eps of the layer, in training and without."""
    for eps in (0.25, float(rng.uniform(0.5, 2.0))):
        layer = solution.BatchNorm(2, eps=eps)
        x, dout = batch(rng, 5, 2)
        assert_close(layer.forward(x, training=True), normalize(x, eps)[0], **CLOSE)
        assert_close(layer.backward(dout), gradient(x, dout, np.ones(2), eps), **CLOSE)
        mean, var = 0.1 * x.mean(axis=0), 0.9 + 0.1 * x.var(axis=0)
        assert_close(layer.forward(x), (x - mean) / np.sqrt(var + eps), **CLOSE)


def test_integers(solution, rng):
    """Integers in x are converted to float64."""
    layer = solution.BatchNorm(3)
    x = rng.permutation(np.arange(15)).reshape(5, 3) ** 2
    assert_close(layer.forward(x, training=True), normalize(x)[0], **CLOSE)
    expected = (x - layer_mean(x)) / np.sqrt(0.9 + 0.1 * x.var(axis=0) + EPS)
    assert_close(layer.forward(x), expected, **CLOSE)


def layer_mean(x):
    """Return running_mean after one batch."""
    return 0.1 * x.mean(axis=0)


def test_starts_and_restarts_with_zero_gradients(solution, rng):
    """A new layer has gamma 1, beta 0 and gradients 0; zero_grad sets the gradients to 0."""
    d = int(rng.integers(2, 9))
    layer = solution.BatchNorm(d)
    assert_close(entry(layer.params, "gamma"), np.ones(d))
    assert_close(entry(layer.params, "beta"), np.zeros(d))
    assert_close(layer.running_mean, np.zeros(d))
    assert_close(layer.running_var, np.ones(d))
    for _ in range(2):
        assert_close(gradient_of(layer, "gamma"), np.zeros(d))
        assert_close(gradient_of(layer, "beta"), np.zeros(d))
        x, dout = batch(rng, 4, d)
        layer.forward(x, training=True)
        layer.backward(dout)
        assert_close(gradient_of(layer, "beta"), dout.sum(axis=0), **CLOSE)
        layer.zero_grad()


def test_zero_grad_keeps_its_arrays(solution, rng):
    """zero_grad writes zeros into the arrays that grads contains, because others may hold them."""
    for n, d in SIZES[:2]:
        layer = solution.BatchNorm(d)
        x, dout = batch(rng, n, d)
        assert_close(layer.forward(x, training=True), normalize(x)[0], **CLOSE)
        layer.backward(dout)
        assert solution.probe.zeros_in_the_same_arrays(layer) == {"gamma": True, "beta": True}


def test_other_forward_calls_do_not_disturb(solution, rng):
    """A forward without training, between forward and backward, changes no gradient."""
    layer, gamma, _ = new_layer(solution, rng, 3)
    x, dout = batch(rng, 4, 3)
    layer.forward(x, training=True)
    other, _ = batch(rng, 4, 3)
    layer.forward(other)
    assert_close(layer.backward(dout), gradient(x, dout, gamma), **CLOSE)
    layer.forward(other, training=True)
    layer.forward(x[:1], training=False)
    assert_close(layer.backward(dout), gradient(other, dout, gamma), **CLOSE)
    expected = (dout * (normalize(x)[0] + normalize(other)[0])).sum(axis=0)
    assert_close(gradient_of(layer, "gamma"), expected, **CLOSE)


def test_backward_needs_a_forward(solution, rng):
    """backward without a forward for training raises a RuntimeError."""
    for measured_before in (True, False):
        layer = solution.BatchNorm(3)
        x, dout = batch(rng, 4, 3)
        if measured_before:
            assert_close(layer.forward(x), x / np.sqrt(1 + EPS), **CLOSE)
        with raises(RuntimeError):
            layer.backward(dout)


def test_refuses_samples_of_another_shape(solution, rng):
    """forward raises a ValueError when x is not (N, D); a single column is not broadcast."""
    layer = solution.BatchNorm(3)
    x, _ = batch(rng, 4, 3)
    assert_close(layer.forward(x, training=True), normalize(x)[0], **CLOSE)
    for wrong in (x[:, :1], x[0], x[:, :2], np.ones((4, 4)), np.ones((2, 3, 3)), x.T, x[:1, 0]):
        for training in (False, True):
            with raises(ValueError):
                layer.forward(wrong, training=training)
    narrow = solution.BatchNorm(1)
    assert_close(narrow.forward(x[:, :1], training=True), normalize(x[:, :1])[0], **CLOSE)
    with raises(ValueError):
        narrow.forward(x)


def test_refuses_an_upstream_gradient_of_another_shape(solution, rng):
    """If dout is not (N, D), backward raises a ValueError and leaves grads as they are."""
    layer = solution.BatchNorm(3)
    x, dout = batch(rng, 4, 3)
    for samples, others in (
        (x, (dout[:1], dout[0], dout[:, :1], dout[:3], dout[np.newaxis], np.float64(1.0))),
        (x[:1], (dout, dout[0])),
    ):
        expected = normalize(samples)[0]
        assert_close(layer.forward(samples, training=True), expected, **CLOSE)
        for wrong in others:
            with raises(ValueError):
                layer.backward(wrong)
            assert_close(gradient_of(layer, "gamma"), np.zeros(3))
            assert_close(gradient_of(layer, "beta"), np.zeros(3))


def test_leaves_its_arguments_alone(solution, rng):
    """x, dout and the outputs do not change, and the same batch gives the same again."""
    for n in (2, 6):
        layer, gamma, beta = new_layer(solution, rng, 3)
        x, dout = batch(rng, n, 3)
        for _ in range(2):
            outputs = layer.forward(x, training=True)
            assert_close(outputs, gamma * normalize(x)[0] + beta, **CLOSE)
            assert_close(layer.backward(dout), gradient(x, dout, gamma), **CLOSE)
            assert_arguments_unchanged(x=x, dout=dout, outputs=outputs)


def test_each_layer_has_its_own_numbers(solution, rng):
    """Two layers share no parameters, gradients, or running statistics."""
    first, second = solution.BatchNorm(2), solution.BatchNorm(2)
    for layer in (first, second):
        x, dout = batch(rng, 4, 2)
        layer.forward(x, training=True)
        layer.backward(dout)
        assert_close(gradient_of(layer, "beta"), dout.sum(axis=0), **CLOSE)
        assert_close(layer.running_mean, layer_mean(x), **CLOSE)
    assert_equal(entry(first.params, "gamma"), np.ones(2))
