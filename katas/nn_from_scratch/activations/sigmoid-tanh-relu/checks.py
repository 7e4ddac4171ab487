"""Hidden checks of the kata sigmoid-tanh-relu."""

import math

import numpy as np

from nnkata.testing import assert_close, assert_equal, assert_unchanged, points


def elementwise(function):
    """Return a function of arrays that calls `function` with each number."""

    def on_array(x):
        x = np.asarray(x, dtype=float)
        return np.array([function(float(v)) for v in x.ravel()]).reshape(x.shape)

    return on_array


def one_sigmoid(x):
    """Sigmoid of a number, by Python's math."""
    small = math.exp(-abs(x))
    return (1.0 if x >= 0 else small) / (1 + small)


EXACT = {
    "sigmoid": elementwise(one_sigmoid),
    "sigmoid_grad": elementwise(lambda x: one_sigmoid(x) * one_sigmoid(-x)),
    "tanh": elementwise(math.tanh),
    "tanh_grad": elementwise(lambda x: 1 - math.tanh(x) ** 2),
    "relu": elementwise(lambda x: x if x > 0 else 0.0),
    "relu_grad": elementwise(lambda x: 1.0 if x > 0 else 0.0),
}
SMALL = np.array([-2.0, -1.0, -0.5, 0.5, 1.0, 2.0])
FAR = np.array([-1000.0, 1000.0])
OFTEN_WRONG = ("sigmoid_grad", "tanh_grad")
"""Checks of shapes and dtypes do not compare the values of these.

Wrong values fail their own checks. If they failed here too, a second mistake would not be seen.
"""


def some_shape(rng):
    """Return a drawn shape, (n, d)."""
    return int(rng.integers(2, 14)), int(rng.integers(2, 14))


def off_zero(rng, shape):
    """Return drawn numbers, negative and positive in turn, none of them near 0."""
    size = rng.uniform(0.3, 3, shape)
    return size * np.where(np.arange(size.size).reshape(shape) % 2, 1.0, -1.0)


def assert_like(got, name, x, dtype=np.float64):
    """Compare a result in shape and dtype, and in values that no mistake of values changes."""
    if name in OFTEN_WRONG:
        assert_close(got, np.zeros(x.shape, dtype), atol=np.inf)
    else:
        assert_close(got, EXACT[name](x).astype(dtype), rtol=1e-5, atol=1e-5)


def assert_values(solution, name, rng):
    """Compare a function with the exact one, for simple numbers and for drawn ones."""
    for x in (SMALL, rng.uniform(-6, 6, (3, 4)), rng.normal(0, 1, 7)):
        assert_close(getattr(solution, name)(x), EXACT[name](x), atol=1e-12)


def test_sigmoid_has_the_right_values(solution, rng):
    """sigmoid(x) is 1/(1 + e^-x), and 0.5 at 0."""
    assert_values(solution, "sigmoid", rng)
    assert_close(solution.sigmoid(np.array([0.0])), np.array([0.5]))


@points(16)
def test_sigmoid_keeps_the_left_tail(solution, rng):
    """sigmoid of a very negative number is small but not 0: sigmoid(-600) is 2.65e-261."""
    x = -np.array([40.0, *rng.uniform(20, 500, 3), *rng.uniform(550, 700, 2)])
    assert_close(solution.sigmoid(x), EXACT["sigmoid"](x))
    assert_close(solution.sigmoid(-rng.uniform(800, 1000, 2)), np.zeros(2))
    # Below 2.2e-308 a float has fewer digits.
    x = -rng.uniform(710, 720, 2)
    assert_close(solution.sigmoid(x), EXACT["sigmoid"](x), rtol=1e-6)


def test_sigmoid_keeps_the_left_tail_in_float32(solution, rng):
    """sigmoid of a very negative float32 is small but not 0: sigmoid(-90) is 8.2e-40."""
    x = -np.array([40.0, *rng.uniform(20, 80, 3)], np.float32)
    assert_close(solution.sigmoid(x), EXACT["sigmoid"](x).astype(np.float32), rtol=1e-4)
    x = -rng.uniform(89, 90, 2).astype(np.float32)
    assert_close(solution.sigmoid(x), EXACT["sigmoid"](x).astype(np.float32), rtol=1e-2)


def test_sigmoid_reaches_one(solution, rng):
    """sigmoid of a very large number is 1, and not nan."""
    x = np.array([*rng.uniform(1, 6, 3), *rng.uniform(20, 700, 2), *rng.uniform(720, 1000, 2)])
    assert_close(solution.sigmoid(x), EXACT["sigmoid"](x))


def test_sigmoid_grad_is_the_derivative(solution, rng):
    """sigmoid_grad(x) is the derivative of sigmoid: 0.25 at 0, and 0 at -1000 and 1000."""
    assert_values(solution, "sigmoid_grad", rng)
    assert_close(solution.sigmoid_grad(np.array([0.0])), np.array([0.25]))
    x = rng.uniform(-4, 4, 5)  # a measured slope is not so exact
    assert_close(solution.sigmoid_grad(x), EXACT["sigmoid_grad"](x), rtol=1e-12)
    assert_close(solution.sigmoid_grad(FAR), np.zeros(2), atol=1e-12)


def test_tanh_has_the_right_values(solution, rng):
    """tanh(x) is right for small numbers, and -1 and 1 at -1000 and 1000."""
    assert_values(solution, "tanh", rng)
    assert_close(solution.tanh(FAR), np.array([-1.0, 1.0]))


def test_tanh_grad_is_the_derivative(solution, rng):
    """tanh_grad(x) is the derivative of tanh: 1 at 0, and 0 at -1000 and 1000."""
    assert_values(solution, "tanh_grad", rng)
    assert_close(solution.tanh_grad(np.array([0.0])), np.array([1.0]))
    x = rng.uniform(-2, 2, 5)  # a measured slope is not so exact
    assert_close(solution.tanh_grad(x), EXACT["tanh_grad"](x), rtol=1e-12)
    assert_close(solution.tanh_grad(FAR), np.zeros(2), atol=1e-12)


def test_relu_has_the_right_values(solution, rng):
    """relu(x) is x where x is positive, and 0 elsewhere."""
    assert_values(solution, "relu", rng)
    x = np.array([-1000.0, 0.0, 1000.0])
    assert_close(solution.relu(x), np.array([0.0, 0.0, 1000.0]))


def test_relu_of_minus_infinity_is_zero(solution, rng):
    """relu(-inf) is 0, and relu(inf) is inf."""
    a, b = rng.uniform(0.5, 5, 2)
    got = solution.relu(np.array([-np.inf, -a, b, np.inf]))
    assert_close(got, np.array([0.0, 0.0, b, np.inf]), finite=False)


def test_relu_shows_nan(solution, rng):
    """relu(nan) is nan, so that an error is not hidden."""
    a, b = rng.uniform(0.5, 5, 2)
    got = solution.relu(np.array([np.nan, -a, b]))
    assert_close(got, np.array([np.nan, 0.0, b]), finite=False)


def test_relu_grad_is_the_derivative(solution, rng):
    """relu_grad(x) is 1 where x is positive, and 0 elsewhere."""
    assert_values(solution, "relu_grad", rng)
    assert_close(solution.relu_grad(FAR), np.array([0.0, 1.0]))
    assert_close(solution.relu_grad(np.array([-1e-9, 1e-9])), np.array([0.0, 1.0]))


def test_relu_grad_is_zero_at_zero(solution, rng):
    """relu_grad(0) is 0."""
    x = rng.permutation([-2.0, -1.0, -0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0])
    assert_close(solution.relu_grad(x.reshape(3, 4)), EXACT["relu_grad"](x.reshape(3, 4)))


def test_saturation_names_the_side(solution, rng):
    """saturation says where the derivative vanishes: "left", "right", "both" or "none"."""
    shift = round(float(rng.uniform(-2, 2)), 3)
    sides = [
        (f"lambda x: 1 - np.tanh(x - {shift}) ** 2", "both"),
        ("lambda x: 1.0 * (x > 0)", "left"),
        ("lambda x: 1.0 * (x < 0)", "right"),
        ("lambda x: 2.0 + 0.0 * x", "none"),
        ("lambda x: 0.01 + 0.99 * (x > 0)", "none"),
    ]
    for text, side in (sides[n] for n in rng.permutation(len(sides))):
        assert_equal(solution.saturation(solution.fn(text)), side)


def test_saturation_looks_at_the_absolute_value(solution, rng):
    """saturation does not take a large negative derivative for a small one."""
    sides = [
        ("lambda x: -1.0 * (x > 0)", "left"),
        ("lambda x: -1.0 * (x < 0)", "right"),
        ("lambda x: -1.0 + 0.0 * x", "none"),
        ("lambda x: -2.0 - 1.0 * (x < 0)", "none"),
    ]
    for text, side in (sides[n] for n in rng.permutation(len(sides))):
        assert_equal(solution.saturation(solution.fn(text)), side)


def test_saturation_uses_tol_and_at(solution):
    """saturation evaluates the derivative at -at and at, and compares it with tol."""
    leaky = solution.fn("lambda x: 0.01 + 0.99 * (x > 0)")
    assert_equal(solution.saturation(leaky, tol=0.1), "left")
    assert_equal(solution.saturation(leaky, tol=0.001), "none")
    slow = solution.fn("lambda x: np.exp(-0.01 * abs(x))")
    assert_equal(solution.saturation(slow), "none")
    assert_equal(solution.saturation(slow, at=1000.0), "both")
    # By default the place is 50: these derivatives are just below and just above 0.001 there.
    assert_equal(solution.saturation(solution.fn("lambda x: np.exp(-0.1395 * abs(x))")), "both")
    assert_equal(solution.saturation(solution.fn("lambda x: np.exp(-0.1365 * abs(x))")), "none")


def test_floats_keep_their_dtype(solution, rng):
    """An array of float32 gives float32, and an array of float64 gives float64."""
    for dtype in (np.float32, np.float64):
        x = off_zero(rng, some_shape(rng)).astype(dtype)
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


def test_takes_any_shape(solution, rng):
    """The result has the shape of the input: three axes, no numbers, or one number."""
    for shape in ((*some_shape(rng), 2), (0, 3), (1, 1), (1,), ()):
        x = np.array(off_zero(rng, shape))
        for name in EXACT:
            assert_like(getattr(solution, name)(x), name, x)


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
