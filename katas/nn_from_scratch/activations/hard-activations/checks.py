"""Hidden checks of the kata hard-activations."""

import math

import numpy as np

from nnkata.testing import assert_close, assert_unchanged, points


def elementwise(function):
    """Return a function of arrays that calls `function` with each number."""

    def on_array(x, *slope):
        x = np.asarray(x, dtype=float)
        return np.array([function(float(v), *slope) for v in x.ravel()]).reshape(x.shape)

    return on_array


EXACT = {
    "hard_sigmoid": elementwise(lambda x, slope=0.25: min(max(slope * x + 0.5, 0.0), 1.0)),
    "hard_sigmoid_grad": elementwise(lambda x, slope=0.25: slope if 0 < slope * x + 0.5 < 1 else 0),
    "hard_tanh": elementwise(lambda x: min(max(x, -1.0), 1.0)),
    "hard_tanh_grad": elementwise(lambda x: 1.0 if -1 < x < 1 else 0.0),
}
OUTSIDE = np.array([-1000.0, -2.5, 2.5, 1000.0])


def some_shape(rng):
    """Return a drawn shape, (n, d)."""
    return int(rng.integers(2, 14)), int(rng.integers(2, 14))


def off_corners(rng, shape):
    """Return drawn numbers around ±0.5, ±1.5 and ±2.5 in turn, so that none is near a corner."""
    turn = np.arange(math.prod(shape)).reshape(shape)
    size = rng.uniform(0.1, 0.9, shape) + turn % 3
    return size * np.where(turn // 3 % 2, -1.0, 1.0)


def assert_like(got, x, dtype=np.float64):
    """Compare a result in shape and dtype.

    Wrong values fail the checks of each function. If they failed the checks of shapes and dtypes
    too, a second mistake would not be seen there.
    """
    assert_close(got, np.zeros(x.shape, dtype), atol=np.inf)


def assert_values(solution, name, rng):
    """Compare a function with the exact one for drawn numbers."""
    for shape in ((7,), (3, 4)):
        x = off_corners(rng, shape)
        assert_close(getattr(solution, name)(x), EXACT[name](x), atol=1e-12)


@points(5)
def test_hard_sigmoid_is_a_line_in_the_middle(solution, rng):
    """hard_sigmoid(x) is 0.25 x + 0.5 for x from -2 to 2: 0.75 at x = 1."""
    assert_close(solution.hard_sigmoid(np.array([1.0])), np.array([0.75]), atol=1e-12)
    near, right, left = rng.uniform(-0.9, 0.9, 3), rng.uniform(1.1, 1.9), rng.uniform(-1.9, -1.1)
    for x in (np.array([-1.0, 0.0, 1.0]), np.array([*near, left, right])):
        assert_close(solution.hard_sigmoid(x), 0.25 * x + 0.5, atol=1e-12)


@points(2)
def test_hard_sigmoid_is_cut_off(solution, rng):
    """hard_sigmoid(x) is exactly 0 for x below -2, and exactly 1 for x above 2."""
    assert_close(solution.hard_sigmoid(OUTSIDE), np.array([0.0, 0.0, 1.0, 1.0]))
    assert_values(solution, "hard_sigmoid", rng)


@points(2)
def test_hard_sigmoid_is_the_tangent_of_sigmoid(solution, rng):
    """Near 0, hard_sigmoid is almost the same as sigmoid."""
    x = rng.uniform(-0.01, 0.01, 5)
    assert_close(solution.hard_sigmoid(x), 1 / (1 + np.exp(-x)), atol=1e-7)


@points(3)
def test_hard_sigmoid_takes_other_slopes(solution, rng):
    """hard_sigmoid(x, slope) is slope x + 0.5, limited to the range from 0 to 1."""
    x = np.array([-4.0, -1.0, 0.0, 1.0, 4.0])
    assert_close(solution.hard_sigmoid(x, 0.2), np.array([0.0, 0.3, 0.5, 0.7, 1.0]), atol=1e-12)
    for slope in (1 / 6, 1.0, float(rng.uniform(0.3, 0.8))):
        x = rng.uniform(-3, 3, (3, 4))
        got = solution.hard_sigmoid(x, slope=slope)
        assert_close(got, EXACT["hard_sigmoid"](x, slope), atol=1e-12)


@points(2)
def test_hard_sigmoid_grad_is_the_slope_or_zero(solution, rng):
    """hard_sigmoid_grad(x) is 0.25 for x from -2 to 2, and 0 outside."""
    x = rng.permutation([-3.0, -1.5, 0.0, 1.5, 3.0, 2.5, -1000.0, 1.0])
    assert_close(solution.hard_sigmoid_grad(x), EXACT["hard_sigmoid_grad"](x))
    assert_close(solution.hard_sigmoid_grad(OUTSIDE), np.zeros(4))
    assert_values(solution, "hard_sigmoid_grad", rng)


def test_hard_sigmoid_grad_takes_other_slopes(solution, rng):
    """hard_sigmoid_grad(x, slope) is slope where slope x + 0.5 is between 0 and 1, else 0."""
    x = np.array([-2.75, -2.25, 1.0, 2.25, 2.75])
    assert_close(solution.hard_sigmoid_grad(x, 0.2), np.array([0.0, 0.2, 0.2, 0.2, 0.0]))
    for slope in (1 / 6, 1.0, float(rng.uniform(0.3, 0.8))):
        end = 0.5 / slope
        x = np.array([-1.3, -1.05, -0.95, 0.2, 0.95, 1.05, 1.3]) * end
        got = solution.hard_sigmoid_grad(x, slope=slope)
        assert_close(got, EXACT["hard_sigmoid_grad"](x, slope))


@points(2)
def test_hard_tanh_is_a_line_that_is_cut_off(solution, rng):
    """hard_tanh(x) is x for x from -1 to 1, exactly -1 below and exactly 1 above."""
    x = np.array([-3.0, -1.5, -0.5, 0.0, 0.5, 1.5, 3.0])
    assert_close(
        solution.hard_tanh(x), np.array([-1.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.0]), atol=1e-12
    )
    assert_close(solution.hard_tanh(OUTSIDE), np.array([-1.0, -1.0, 1.0, 1.0]))
    assert_values(solution, "hard_tanh", rng)


@points(2)
def test_hard_tanh_grad_is_one_or_zero(solution, rng):
    """hard_tanh_grad(x) is 1 for x from -1 to 1, and 0 outside."""
    x = rng.permutation([-1.5, -0.5, 0.0, 0.5, 1.5, -0.9, 2.0, -1000.0])
    assert_close(solution.hard_tanh_grad(x), EXACT["hard_tanh_grad"](x))
    assert_close(solution.hard_tanh_grad(OUTSIDE), np.zeros(4))
    assert_values(solution, "hard_tanh_grad", rng)


def test_floats_keep_their_dtype(solution, rng):
    """An array of float32 gives float32, and an array of float64 gives float64."""
    for dtype in (np.float32, np.float64):
        x = np.zeros(some_shape(rng), dtype)  # most wrong lines are right at 0
        for name in EXACT:
            assert_like(getattr(solution, name)(x), x, dtype)


def test_integers_become_float64(solution, rng):
    """An array of integers gives the same as an array of float64 with the same numbers."""
    x = rng.integers(-5, 6, some_shape(rng))
    x[0, :2] = 1, -3
    for name in EXACT:
        function = getattr(solution, name)
        of_floats = function(x.astype(float))
        assert_like(of_floats, x)
        assert_close(function(x), of_floats, atol=1e-12)


def test_takes_any_shape(solution, rng):
    """The result has the shape of the input: three axes, no numbers, or one number."""
    for shape in ((*some_shape(rng), 2), (0, 3), (1, 1), (1,), ()):
        x = np.array(off_corners(rng, shape))
        for name in EXACT:
            assert_like(getattr(solution, name)(x), x)


def test_leaves_its_argument_alone(solution, rng):
    """The array that is passed in does not change, and the result is a new array."""
    for x in (off_corners(rng, some_shape(rng)), rng.uniform(0.5, 0.9, 5)):
        before = x.copy()
        for name in EXACT:
            assert_like(getattr(solution, name)(x), x)
            assert_unchanged(x, before)
            assert not solution.probe.shares_memory(name, x), "the result is a view of the argument"
