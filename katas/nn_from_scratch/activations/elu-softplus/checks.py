"""Hidden checks of the kata elu-softplus."""

import math

import numpy as np

from nnkata.testing import assert_close, assert_unchanged, points


def elementwise(function):
    """Return a function of arrays that calls `function` with each number."""

    def on_array(x, *more):
        x = np.asarray(x, dtype=float)
        return np.array([function(float(v), *more) for v in x.ravel()]).reshape(x.shape)

    return on_array


def one_sigmoid(x):
    """Sigmoid of a number, by Python's math."""
    small = math.exp(-abs(x))
    return (1.0 if x >= 0 else small) / (1 + small)


EXACT = {
    "elu": elementwise(lambda x, gamma=1.0: x if x > 0 else gamma * math.expm1(x)),
    "elu_grad": elementwise(lambda x, gamma=1.0: 1.0 if x > 0 else gamma * math.exp(x)),
    "softplus": elementwise(lambda x: max(x, 0.0) + math.log1p(math.exp(-abs(x)))),
    "softplus_grad": elementwise(one_sigmoid),
}
SMALL = np.array([-2.0, -1.0, -0.5, 0.5, 1.0, 2.0])
FAR = np.array([-1000.0, 1000.0])
OFTEN_WRONG = ("elu_grad", "softplus_grad")
"""Checks of shapes and dtypes do not compare the values of these.

Wrong values fail their own checks. If they failed here too, a second mistake would not be seen.
"""


def some_shape(rng):
    """Return a drawn shape, (n, d)."""
    return int(rng.integers(2, 14)), int(rng.integers(2, 14))


def off_zero(rng, shape):
    """Return drawn numbers, negative and positive in turn, none of them near 0."""
    size = rng.uniform(0.1, 3, shape)
    return size * np.where(np.arange(size.size).reshape(shape) % 2, 1.0, -1.0)


def assert_like(got, name, x, dtype=np.float64):
    """Compare a result in shape and dtype, and in values that no mistake of values changes."""
    if name in OFTEN_WRONG:
        assert_close(got, np.zeros(x.shape, dtype), atol=np.inf)
    else:
        assert_close(got, EXACT[name](x).astype(dtype), rtol=1e-5, atol=1e-5)


def assert_values(solution, name, rng):
    """Compare a function with the exact one, for simple numbers and for drawn ones."""
    for x in (SMALL, off_zero(rng, (3, 4)), rng.normal(0, 1, 7)):
        assert_close(getattr(solution, name)(x), EXACT[name](x), atol=1e-12)


def assert_gammas(solution, name, rng):
    """Compare a function with the exact one for several gamma."""
    x = off_zero(rng, (3, 4))
    for gamma in (0.5, 2.0, 0.0, float(rng.uniform(1.2, 3))):
        assert_close(getattr(solution, name)(x, gamma), EXACT[name](x, gamma), atol=1e-12)
    got = getattr(solution, name)(SMALL, gamma=0.25)
    assert_close(got, EXACT[name](SMALL, 0.25), atol=1e-12)


def test_elu_has_the_right_values(solution, rng):
    """elu(x) is x where x is positive, and e^x - 1 elsewhere: -0.632 at -1."""
    assert_values(solution, "elu", rng)
    x = np.array([-1000.0, 0.0, 1000.0])
    assert_close(solution.elu(x), np.array([-1.0, 0.0, 1000.0]))


def test_elu_takes_any_gamma(solution, rng):
    """elu(x, gamma) is gamma (e^x - 1) where x is negative, and x where x is positive."""
    assert_gammas(solution, "elu", rng)


@points(3)
def test_elu_keeps_small_numbers(solution, rng):
    """elu of a tiny negative number is nearly that number: elu(-1e-17) is -1e-17, not 0."""
    x = np.array([-1e-17, -1e-12, -1e-8, -1e-4])
    assert_close(solution.elu(x), EXACT["elu"](x))
    x = -(10.0 ** rng.uniform(-16, -9, 5))
    assert_close(solution.elu(x, 0.5), EXACT["elu"](x, 0.5))


def test_elu_grad_is_the_derivative(solution, rng):
    """elu_grad(x) is 1 where x is positive, and e^x where x is negative."""
    assert_values(solution, "elu_grad", rng)
    assert_close(solution.elu_grad(FAR), np.array([0.0, 1.0]), atol=1e-12)


def test_elu_grad_takes_any_gamma(solution, rng):
    """elu_grad(x, gamma) is gamma e^x where x is negative, and 1 where x is positive."""
    assert_gammas(solution, "elu_grad", rng)


def test_elu_grad_is_gamma_at_zero(solution, rng):
    """elu_grad(0, gamma) is gamma, the derivative of the left side."""
    assert_close(solution.elu_grad(np.array([0.0])), np.array([1.0]))
    x, gamma = np.array([0.0, 1.0, 0.0]), float(rng.uniform(0.2, 0.8))
    assert_close(solution.elu_grad(x, gamma), np.array([gamma, 1.0, gamma]))


def test_softplus_has_the_right_values(solution, rng):
    """softplus(x) is log(1 + e^x): log 2 at 0, and 2.1269 at 2."""
    assert_values(solution, "softplus", rng)
    assert_close(solution.softplus(np.array([0.0])), np.array([math.log(2)]))


@points(8)
def test_softplus_does_not_overflow(solution, rng):
    """softplus(1000) is 1000, and not inf."""
    for x in (rng.uniform(12, 100, 5), rng.uniform(720, 1000, 5)):
        assert_close(solution.softplus(x), EXACT["softplus"](x))
    x = np.array([*rng.uniform(20, 80, 2), *rng.uniform(90, 100, 2)], np.float32)
    assert_close(solution.softplus(x), EXACT["softplus"](x), rtol=1e-5, dtype=False)


@points(8)
def test_softplus_keeps_the_left_tail(solution, rng):
    """softplus of a very negative number is small but not 0: softplus(-40) is 4.248e-18."""
    x = -np.array([40.0, *rng.uniform(20, 40, 2), *rng.uniform(40, 700, 3)])
    assert_close(solution.softplus(x), EXACT["softplus"](x))
    assert_close(solution.softplus(-rng.uniform(800, 1000, 1)), np.zeros(1))
    x = -np.array([*rng.uniform(10, 20, 2), *rng.uniform(20, 80, 2)], np.float32)
    assert_close(solution.softplus(x), EXACT["softplus"](x), rtol=1e-4, dtype=False)


def test_softplus_grad_is_the_derivative(solution, rng):
    """softplus_grad(x) is the derivative of softplus: 0.5 at 0, 0 at -1000 and 1 at 1000."""
    assert_values(solution, "softplus_grad", rng)
    x = np.array([-1000.0, 0.0, 1000.0])
    assert_close(solution.softplus_grad(x), np.array([0.0, 0.5, 1.0]), atol=1e-12)


@points(2)
def test_results_have_the_shape_and_the_dtype_of_x(solution, rng):
    """Arrays of float32 give float32, arrays of float64 give float64, and any shape is right."""
    for dtype in (np.float32, np.float64):
        for shape in (some_shape(rng), (*some_shape(rng), 2), (0, 3), (1, 1), (1,), ()):
            x = np.array(off_zero(rng, shape), dtype)
            for name in EXACT:
                assert_like(getattr(solution, name)(x), name, x, dtype)


def test_integers_become_float64(solution, rng):
    """An array of integers gives the same as an array of float64 with the same numbers."""
    x = np.sign(off_zero(rng, some_shape(rng))).astype(np.int64)
    x *= rng.integers(1, 6, x.shape)
    for name in EXACT:
        function = getattr(solution, name)
        of_floats = function(x.astype(float))
        assert_like(of_floats, name, x)
        assert_close(function(x), of_floats, atol=1e-12)


def test_leaves_its_argument_alone(solution, rng):
    """The array that is passed in does not change, and the result is a new array."""
    for x in (off_zero(rng, some_shape(rng)), rng.uniform(0.5, 0.9, 5)):
        before = x.copy()
        for name in EXACT:
            assert_like(getattr(solution, name)(x), name, before)
            assert_unchanged(x, before)
            assert not solution.probe.shares_memory(name, x), "the result is a view of the argument"


def test_nothing_overflows_on_the_way(solution, rng):
    """For numbers from -1000 to 1000 nothing overflows, not even a value that is thrown away."""
    near, far = off_zero(rng, some_shape(rng)), np.array([-1000.0, -720.0, 720.0, 1000.0])
    for name in EXACT:
        assert_like(solution.probe.quietly(name, near), name, near)
        assert_close(solution.probe.quietly(name, far), np.zeros(4), atol=np.inf)
