"""Hidden checks of the kata he-init."""

from nnkata.testing import points

WIDE = (460, 180)
TALL = (180, 460)
PASSED_RNG = "the generator that is passed, and no other"


def assert_drawn(solution, rng, scheme, words, variance):
    """Compare shape, dtype and distribution of the weights with what the scheme promises."""
    assert solution.probe.form(scheme, 3, 5) == "float64 of shape (3, 5)"
    assert solution.probe.form(scheme, 1, 1) == "float64 of shape (1, 1)"
    for fan_in, fan_out in (WIDE, TALL):
        draws = solution.rng(int(rng.integers(2**31)))
        assert solution.probe.distribution(scheme, fan_in, fan_out, draws) == words
    draws = solution.rng(int(rng.integers(2**31)))
    assert solution.probe.small_layers(scheme, 3, 4, draws) == f"independent, {variance}"


def assert_uses_rng(solution, rng, scheme):
    """Compare the source of the random numbers with the generator that is passed."""
    for _ in range(2):
        seed = int(rng.integers(2**31))
        assert solution.probe.generator_use(scheme, seed) == PASSED_RNG


def assert_signal(solution, rng, scheme, activation):
    """Compare the size of a signal before and after sixteen layers."""
    draws = solution.rng(int(rng.integers(2**31)))
    assert solution.probe.signal(scheme, activation, draws) == "keeps its size"


@points(2)
def test_lecun_normal_has_its_variance(solution, rng):
    """lecun_normal gives a (fan_in, fan_out) array, normal, with mean 0 and variance 1/fan_in."""
    assert_drawn(
        solution, rng, "lecun_normal", "normal, mean 0, variance 1/fan_in", "variance 1/fan_in"
    )


@points(2)
def test_xavier_normal_has_its_variance(solution, rng):
    """xavier_normal gives normal weights with mean 0 and variance 2/(fan_in + fan_out)."""
    variance = "variance 2/(fan_in + fan_out)"
    assert_drawn(solution, rng, "xavier_normal", f"normal, mean 0, {variance}", variance)


@points(2)
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


@points(2)
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


def test_he_normal_carries_a_signal_through_relu_layers(solution, rng):
    """Through 16 layers with ReLU, he_normal keeps the size of a signal."""
    assert_signal(solution, rng, "he_normal", "relu")


def test_he_uniform_carries_a_signal_through_relu_layers(solution, rng):
    """Through 16 layers with ReLU, he_uniform keeps the size of a signal."""
    assert_signal(solution, rng, "he_uniform", "relu")
