"""Hidden checks of the kata he-init."""

import math

import numpy as np

from nnkata.testing import CheckFailed, points, slow

WIDE = (460, 180)
TALL = (180, 460)
LAYERS, WIDTH = 30, 100
PASSED_RNG = "the generator that is passed, and no other"


def assert_sized(solution, rng, scheme):
    """Fail unless two layers of random sizes come back as arrays of finite floats."""
    for _ in range(2):
        shape = int(rng.integers(3, 20)), int(rng.integers(21, 40))
        draws = solution.rng(int(rng.integers(2**31)))
        assert_finite_floats(getattr(solution, scheme)(*shape, draws), shape)


def assert_drawn(solution, rng, scheme, words, variance):
    """Compare shape, dtype and distribution of the weights with what the scheme promises."""
    assert solution.probe.form(scheme, 3, 5) == "float64 of shape (3, 5)"
    assert solution.probe.form(scheme, 1, 1) == "float64 of shape (1, 1)"
    for fan_in, fan_out in (WIDE, TALL):
        draws = solution.rng(int(rng.integers(2**31)))
        assert solution.probe.distribution(scheme, fan_in, fan_out, draws) == words
    draws = solution.rng(int(rng.integers(2**31)))
    assert solution.probe.small_layers(scheme, 3, 4, draws) == f"independent, {variance}"
    assert_sized(solution, rng, scheme)


def assert_uses_rng(solution, rng, scheme):
    """Compare the source of the random numbers with the generator that is passed."""
    for _ in range(2):
        seed = int(rng.integers(2**31))
        assert solution.probe.generator_use(scheme, seed) == PASSED_RNG
    assert_sized(solution, rng, scheme)


def assert_returned_weights(solution, rng, scheme, variance):
    """Measure the returned weights: mean, variance, limits, and that another seed gives others."""
    draw = getattr(solution, scheme)
    for fan_in, fan_out in ((3, 4), WIDE, TALL):
        seed = int(rng.integers(2**31))
        weights = draw(fan_in, fan_out, solution.rng(seed))
        assert_finite_floats(weights, (fan_in, fan_out))
        assert_other_weights(draw(fan_in, fan_out, solution.rng(seed + 1)), weights)
        if weights.size > 1000:
            assert_moments(weights, variance(fan_in, fan_out), scheme.endswith("uniform"))
    assert_sized(solution, rng, scheme)


def assert_finite_floats(weights, shape):
    """Fail unless an array of finite float64 of this shape came back."""
    if not isinstance(weights, np.ndarray):
        raise CheckFailed("an array was expected", rung="type")
    if weights.shape != shape or weights.dtype != np.float64:
        raise CheckFailed(
            "another shape or dtype was expected",
            rung="shape",
            got=f"{weights.dtype.name} of shape {weights.shape}",
            expected=f"float64 of shape {shape}",
        )
    if not np.isfinite(weights).all():
        raise CheckFailed("some weights are not finite", rung="finite")


def assert_other_weights(weights, earlier):
    """Fail unless every weight differs from the one drawn earlier."""
    assert_finite_floats(weights, earlier.shape)
    if (weights == earlier).any():
        raise CheckFailed("another seed gives the same weights")


def assert_moments(weights, variance, uniform):
    """Compare mean, variance and kurtosis with the right ones; tolerances are 5 sigma or more."""
    spread = math.sqrt(variance)
    moments = {
        "mean / standard deviation": (float(weights.mean()) / spread, 0.0, 6 / weights.size**0.5),
        "variance / right variance": (float(weights.var()) / variance, 1.0, 0.03),
        "kurtosis": (
            float(((weights - weights.mean()) ** 4).mean() / weights.var() ** 2),
            1.8 if uniform else 3.0,
            0.05 if uniform else 0.15,
        ),
    }
    if uniform:
        largest = float(np.abs(weights).max()) / (math.sqrt(3) * spread)
        moments["largest / right limit"] = (largest, 0.999, 0.001000001)
    for name, (got, expected, tolerance) in moments.items():
        if not abs(got - expected) <= tolerance:
            raise CheckFailed(f"{name} is wrong", got=f"{got:.4g}", expected=f"{expected:.4g}")


def assert_thirty_layers(solution, rng, scheme, relu):
    """Compare the mean change of a signal's mean square, layer by layer, with the derived one.

    In a layer of n units, the mean square of one sample is multiplied by r. Whatever the sample is,
    its sums z are independent and normal, if the weights are. Without an activation r is a mean of
    n squares z² with the expectation 1 and the variance 2: the variance of r is 2/n. With ReLU and
    twice the variance, r is a mean of n numbers 2 relu(z)², expectation 1, variance 4 · 3/2 - 1 =
    5: it is 5/n. The logarithm of r has the expectation -variance/2 and, up to terms of 1/n², the
    same variance. The mean over 30 layers has a 30th of it. The check allows 5 standard deviations.
    """
    x = rng.normal(size=WIDTH)
    changes = []
    for _ in range(LAYERS):
        seed = int(rng.integers(2**31))
        weights = getattr(solution, scheme)(WIDTH, WIDTH, solution.rng(seed))
        assert_finite_floats(weights, (WIDTH, WIDTH))
        z = x @ weights
        z = np.maximum(z, 0.0) if relu else z
        changes.append(math.log(max(float(z @ z), 1e-300) / max(float(x @ x), 1e-300)))
        x = z / max(float(np.sqrt(z @ z)), 1e-150)  # the next change does not depend on the size
    variance = (5 if relu else 2) / WIDTH
    expected, allowed = -variance / 2, 5 * math.sqrt(variance / LAYERS)
    mean = sum(changes) / LAYERS
    if not abs(mean - expected) <= allowed:
        raise CheckFailed(
            "the mean square of a signal changes from layer to layer",
            got=f"by a factor of {math.exp(mean):.3f}",
            expected=f"{math.exp(expected - allowed):.2f} to {math.exp(expected + allowed):.2f}",
        )
    assert_sized(solution, rng, scheme)


def assert_signal(solution, rng, scheme, activation):
    """Compare the size of a signal before and after sixteen layers."""
    draws = solution.rng(int(rng.integers(2**31)))
    assert solution.probe.signal(scheme, activation, draws) == "keeps its size"
    assert_sized(solution, rng, scheme)


def test_lecun_normal_has_its_variance(solution, rng):
    """lecun_normal gives a (fan_in, fan_out) array, normal, with mean 0 and variance 1/fan_in."""
    assert_drawn(
        solution, rng, "lecun_normal", "normal, mean 0, variance 1/fan_in", "variance 1/fan_in"
    )


def test_xavier_normal_has_its_variance(solution, rng):
    """xavier_normal gives normal weights with mean 0 and variance 2/(fan_in + fan_out)."""
    variance = "variance 2/(fan_in + fan_out)"
    assert_drawn(solution, rng, "xavier_normal", f"normal, mean 0, {variance}", variance)


def test_xavier_uniform_has_its_limits(solution, rng):
    """xavier_uniform gives weights that are uniform between ±√(6/(fan_in + fan_out))."""
    words = "uniform from -√(6/(fan_in + fan_out)) to √(6/(fan_in + fan_out))"
    assert_drawn(solution, rng, "xavier_uniform", words, "variance 2/(fan_in + fan_out)")


@points(2)
def test_he_normal_has_its_variance(solution, rng):
    """he_normal gives a (fan_in, fan_out) array, normal, with mean 0 and variance 2/fan_in."""
    assert_drawn(
        solution, rng, "he_normal", "normal, mean 0, variance 2/fan_in", "variance 2/fan_in"
    )


def test_he_uniform_has_its_limits(solution, rng):
    """he_uniform gives weights that are uniform between -√(6/fan_in) and √(6/fan_in)."""
    words = "uniform from -√(6/fan_in) to √(6/fan_in)"
    assert_drawn(solution, rng, "he_uniform", words, "variance 2/fan_in")


def test_lecun_normal_draws_from_rng(solution, rng):
    """lecun_normal draws from rng only: the same seed gives the same weights."""
    assert_uses_rng(solution, rng, "lecun_normal")


def test_xavier_normal_draws_from_rng(solution, rng):
    """xavier_normal draws from rng only: the same seed gives the same weights."""
    assert_uses_rng(solution, rng, "xavier_normal")


def test_xavier_uniform_draws_from_rng(solution, rng):
    """xavier_uniform draws from rng only: the same seed gives the same weights."""
    assert_uses_rng(solution, rng, "xavier_uniform")


def test_he_normal_draws_from_rng(solution, rng):
    """he_normal draws from rng only: the same seed gives the same weights."""
    assert_uses_rng(solution, rng, "he_normal")


def test_he_uniform_draws_from_rng(solution, rng):
    """he_uniform draws from rng only: the same seed gives the same weights."""
    assert_uses_rng(solution, rng, "he_uniform")


def test_lecun_normal_carries_a_signal_through_linear_layers(solution, rng):
    """Through 16 layers without an activation, lecun_normal keeps the size of a signal."""
    assert_signal(solution, rng, "lecun_normal", "none")


@points(3)
def test_he_normal_carries_a_signal_through_relu_layers(solution, rng):
    """Through 16 layers with ReLU, he_normal keeps the size of a signal."""
    assert_signal(solution, rng, "he_normal", "relu")


def test_he_uniform_carries_a_signal_through_relu_layers(solution, rng):
    """Through 16 layers with ReLU, he_uniform keeps the size of a signal."""
    assert_signal(solution, rng, "he_uniform", "relu")


@slow
def test_lecun_normal_is_right_in_the_returned_arrays(solution, rng):
    """The arrays that lecun_normal returns have mean 0 and variance 1/fan_in."""
    assert_returned_weights(solution, rng, "lecun_normal", lambda n, _: 1 / n)


@slow
def test_xavier_normal_is_right_in_the_returned_arrays(solution, rng):
    """The arrays that xavier_normal returns have mean 0 and variance 2/(fan_in + fan_out)."""
    assert_returned_weights(solution, rng, "xavier_normal", lambda n, m: 2 / (n + m))


@slow
def test_xavier_uniform_is_right_in_the_returned_arrays(solution, rng):
    """The arrays that xavier_uniform returns are uniform between ±√(6/(fan_in + fan_out))."""
    assert_returned_weights(solution, rng, "xavier_uniform", lambda n, m: 2 / (n + m))


@slow
@points(10)
def test_he_normal_is_right_in_the_returned_arrays(solution, rng):
    """The arrays that he_normal returns have mean 0 and variance 2/fan_in."""
    assert_returned_weights(solution, rng, "he_normal", lambda n, _: 2 / n)


@slow
def test_he_uniform_is_right_in_the_returned_arrays(solution, rng):
    """The arrays that he_uniform returns are uniform between ±√(6/fan_in)."""
    assert_returned_weights(solution, rng, "he_uniform", lambda n, _: 2 / n)


@slow
@points(2)
def test_he_normal_keeps_the_variance_over_thirty_layers(solution, rng):
    """Through each of 30 layers with ReLU, he_normal leaves the mean square as it is, on average.

    The check computes the signal from the arrays that come back.
    """
    assert_thirty_layers(solution, rng, "he_normal", relu=True)


@slow
def test_xavier_normal_keeps_the_variance_over_thirty_layers(solution, rng):
    """Through each of 30 layers of one size, xavier_normal leaves the mean square as it is.

    The check computes the signal, without an activation, from the arrays that come back.
    """
    assert_thirty_layers(solution, rng, "xavier_normal", relu=False)
