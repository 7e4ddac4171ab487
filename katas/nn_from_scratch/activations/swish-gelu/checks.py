"""Hidden checks of the kata swish-gelu."""

import math

import numpy as np

from nnkata.testing import assert_close, assert_gradient, assert_unchanged, points, raises


def elementwise(function):
    """Return a function of arrays that calls `function` with each number."""

    def on_array(x, *more):
        x = np.asarray(x, dtype=float)
        return np.array([function(float(v), *more) for v in x.ravel()]).reshape(x.shape)

    return on_array


def gate(x):
    """Sigmoid of a number, by Python's math."""
    small = math.exp(-abs(x))
    return (1.0 if x >= 0 else small) / (1 + small)


def cdf(x):
    """The distribution function of the standard normal distribution."""
    return math.erfc(-x / math.sqrt(2)) / 2


EXACT = {
    "swish": elementwise(lambda x, b=1.0: x * gate(b * x)),
    "swish_grad": elementwise(lambda x, b=1.0: gate(b * x) + b * x * gate(b * x) * gate(-b * x)),
    "swish_grad_beta": elementwise(lambda x, b=1.0: x * x * gate(b * x) * gate(-b * x)),
    "gelu": elementwise(lambda x: x * cdf(x)),
    "gelu_grad": elementwise(lambda x: cdf(x) + x * math.exp(-x * x / 2) / math.sqrt(2 * math.pi)),
}
BY_TANH = elementwise(
    lambda x: x / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
)
BY_SIGMOID = elementwise(lambda x: x * gate(1.702 * x))
SMALL = np.array([-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0])
FAR = np.array([-1000.0, 1000.0])


def some_shape(rng):
    """Return a drawn shape, (n, d)."""
    return int(rng.integers(2, 14)), int(rng.integers(2, 14))


def far_out(rng, shape):
    """Return drawn numbers below -40 or above 40, half of them negative, in a drawn order.

    There every gate is shut or open, so a wrong formula gives the right values too. Checks of
    shapes and dtypes use these numbers, so that two mistakes at once are both seen.
    """
    size = rng.uniform(40, 60, shape)
    signs = np.where(np.arange(size.size) % 2, 1.0, -1.0)
    return size * rng.permutation(signs).reshape(shape)


def off_zero(rng, shape):
    """Return drawn numbers, negative and positive in turn, none of them near 0."""
    size = rng.uniform(0.3, 3, shape)
    return size * np.where(np.arange(size.size).reshape(shape) % 2, 1.0, -1.0)


def assert_like(got, name, x, dtype=np.float64):
    """Compare a result with the exact one in shape, dtype and values."""
    assert_close(got, EXACT[name](x).astype(dtype), rtol=1e-5, atol=1e-9)


def assert_values(solution, name, rng):
    """Compare a function with the exact one, for simple numbers and for drawn ones."""
    for x in (SMALL, off_zero(rng, (3, 4)), rng.normal(0, 2, 7)):
        assert_close(getattr(solution, name)(x), EXACT[name](x), atol=1e-9)


def assert_betas(solution, name, rng):
    """Compare a function with the exact one for several beta."""
    x = off_zero(rng, (3, 4))
    for beta in (0.5, 2.0, float(rng.uniform(1.2, 3)), -1.0):
        assert_close(getattr(solution, name)(x, beta), EXACT[name](x, beta), atol=1e-9)
    got = getattr(solution, name)(SMALL, beta=0.25)
    assert_close(got, EXACT[name](SMALL, 0.25), atol=1e-9)


def test_swish_has_the_right_values(solution, rng):
    """swish(x) is x sigmoid(x): 1.7616 at 2, and 0 at -1000."""
    assert_values(solution, "swish", rng)
    assert_close(solution.swish(FAR), np.array([0.0, 1000.0]), atol=1e-9)


def test_swish_takes_any_beta(solution, rng):
    """swish(x, beta) is x sigmoid(beta x): beta is inside the gate."""
    assert_betas(solution, "swish", rng)


def test_swish_goes_from_a_line_to_relu(solution, rng):
    """swish(x, 0) is x/2, and swish(x, 1000) is ReLU."""
    x = off_zero(rng, 6)
    assert_close(solution.swish(x, 0.0), x / 2, atol=1e-9)
    assert_close(solution.swish(x, 1000.0), np.maximum(x, 0), atol=1e-9)


@points(2)
def test_swish_grad_is_the_derivative(solution, rng):
    """swish_grad(x) is the derivative of swish with respect to x: 0.5 at 0, and 1.0908 at 2."""
    assert_values(solution, "swish_grad", rng)
    assert_close(solution.swish_grad(FAR), np.array([0.0, 1.0]), atol=1e-9)
    x, upstream = off_zero(rng, 5), rng.normal(0, 1, 5)
    got = solution.swish_grad(x)
    assert_close(got, EXACT["swish_grad"](x), atol=1e-9)
    assert_gradient(upstream * got, lambda x: float((upstream * EXACT["swish"](x)).sum()), x)


@points(2)
def test_swish_grad_takes_any_beta(solution, rng):
    """swish_grad(x, beta) is the derivative of x sigmoid(beta x) with respect to x."""
    assert_betas(solution, "swish_grad", rng)


@points(2)
def test_swish_grad_beta_is_the_derivative(solution, rng):
    """swish_grad_beta(x, beta) is the derivative of x sigmoid(beta x) with respect to beta."""
    assert_values(solution, "swish_grad_beta", rng)
    assert_betas(solution, "swish_grad_beta", rng)
    assert_close(solution.swish_grad_beta(FAR), np.zeros(2), atol=1e-9)


@points(12)
def test_gelu_is_exact(solution, rng):
    """gelu(x) is x Φ(x), right to 9 places after the point: 0.841344746 at 1."""
    assert_close(solution.gelu(np.array([1.0, -1.0])), EXACT["gelu"]([1.0, -1.0]), atol=1e-9)
    assert_values(solution, "gelu", rng)
    x = off_zero(rng, (3, 4))
    assert_close(solution.gelu(x, approximate="none"), EXACT["gelu"](x), atol=1e-9)


@points(9)
def test_the_versions_of_gelu_differ(solution, rng):
    """The exact gelu is neither approximation: at 2.27 it is 0.0203 below the sigmoid version."""
    x = np.array([-2.27, 2.27, 2.7, *rng.uniform(2.2, 2.8, 3), *rng.uniform(-2.8, -2.2, 3)])
    assert_close(solution.gelu(x), EXACT["gelu"](x), atol=1e-9)


def test_gelu_is_right_far_out(solution, rng):
    """gelu(-1000) is 0 and gelu(1000) is 1000, in all three versions."""
    for version in ("none", "tanh", "sigmoid"):
        for x in (FAR, far_out(rng, (4, 3))):
            assert_close(solution.gelu(x, version), np.maximum(x, 0.0), atol=1e-9)


def test_gelu_has_a_version_with_tanh(solution, rng):
    """gelu(x, "tanh") is x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))."""
    for x in (SMALL, rng.uniform(-5, 5, (3, 4))):
        assert_close(solution.gelu(x, "tanh"), BY_TANH(x), atol=1e-9)


def test_gelu_has_a_version_with_sigmoid(solution, rng):
    """gelu(x, "sigmoid") is x sigmoid(1.702 x)."""
    for x in (SMALL, rng.uniform(-5, 5, (3, 4))):
        assert_close(solution.gelu(x, approximate="sigmoid"), BY_SIGMOID(x), atol=1e-9)


def test_gelu_refuses_other_versions(solution, rng):
    """gelu raises ValueError for a version that it does not know."""
    x = far_out(rng, 6)
    assert_close(solution.gelu(x, "tanh"), BY_TANH(x), atol=1e-9)
    for version in ("exact", "", "TANH", "erf", "sigmoidal", "tanhh"):
        with raises(ValueError):
            solution.gelu(np.zeros(2), version)


@points(2)
def test_gelu_grad_is_the_derivative(solution, rng):
    """gelu_grad(x) is the derivative of the exact gelu: 0.5 at 0, and 1.0833 at 1."""
    assert_values(solution, "gelu_grad", rng)
    assert_close(solution.gelu_grad(FAR), np.array([0.0, 1.0]), atol=1e-9)
    x, upstream = off_zero(rng, 5), rng.normal(0, 1, 5)
    got = solution.gelu_grad(x)
    assert_close(got, EXACT["gelu_grad"](x), atol=1e-9)
    assert_gradient(upstream * got, lambda x: float((upstream * EXACT["gelu"](x)).sum()), x)


def test_floats_keep_their_dtype(solution, rng):
    """An array of float32 gives float32, and an array of float64 gives float64."""
    for dtype in (np.float32, np.float64):
        x = far_out(rng, some_shape(rng)).astype(dtype)
        for name in EXACT:
            assert_like(getattr(solution, name)(x), name, x, dtype)


def test_integers_become_float64(solution, rng):
    """An array of integers gives the same as an array of float64 with the same numbers."""
    x = np.round(far_out(rng, some_shape(rng))).astype(np.int64)
    for name in EXACT:
        function = getattr(solution, name)
        of_floats = function(x.astype(float))
        assert_like(of_floats, name, x)
        assert_close(function(x), of_floats, atol=1e-12)


def test_takes_any_shape(solution, rng):
    """The result has the shape of the input: three axes, no numbers, or one number."""
    for shape in ((*some_shape(rng), 2), (0, 3), (1, 1), (1,), ()):
        x = np.array(far_out(rng, shape))
        for name in EXACT:
            assert_like(getattr(solution, name)(x), name, x)


def test_leaves_its_argument_alone(solution, rng):
    """The array that is passed in does not change, and the result is a new array."""
    for x in (far_out(rng, some_shape(rng)), rng.uniform(40, 60, 5)):
        before = x.copy()
        for name in EXACT:
            assert_like(getattr(solution, name)(x), name, before)
            assert_unchanged(x, before)
            assert not solution.probe.shares_memory(name, x), "the result is a view of the argument"


def test_nothing_overflows_on_the_way(solution, rng):
    """For numbers from -1000 to 1000 nothing overflows, not even a value that is thrown away."""
    far = np.array([*rng.uniform(-1000, -720, 3), *rng.uniform(720, 1000, 3)])
    for name in EXACT:
        for x in (far_out(rng, some_shape(rng)), far):
            assert_like(solution.probe.quietly(name, x), name, x)
    for version in ("tanh", "sigmoid"):
        got = solution.probe.quietly("gelu", far, version)
        assert_close(got, np.maximum(far, 0.0), atol=1e-9)
