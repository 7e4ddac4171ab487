"""Hidden checks of the kata elementary-functions; each looks at one function only."""

import math

from nnkata.testing import assert_close, assert_equal, assert_object, points, raises


def between(rng, low, high):
    """Return a random float, short enough to be read."""
    return round(float(rng.uniform(low, high)), 2)


def value_node(got):
    """Return what came back if it is a Value."""
    return assert_object(got, "Value")


def look_at_values(solution, name, xs, formula, atol=0.0):
    """Compare the data of a function with a formula, one x after the other."""
    value = solution.need("value").Value
    for x in xs:
        y = value_node(getattr(solution, name)(value(x)))
        assert_close(y.data, formula(x), rtol=1e-12, atol=atol)


def look_at_slopes(solution, rng, name, xs, slope):
    """Compare what push() hands on with a formula, for an upstream gradient other than 1."""
    value = solution.need("value").Value
    for x in xs:
        upstream = between(rng, 1.5, 4.0)
        v = value(x)
        y = value_node(getattr(solution, name)(v))
        assert_close(v.grad, 0.0)
        y.grad = upstream
        y.push()
        assert_close(v.grad, upstream * slope(x), atol=1e-14)


def look_at_node(solution, name, xs, formula):
    """See that the result is a new node with one parent, and that x stays as it is."""
    value = solution.need("value").Value
    for x in xs:
        v = value(x)
        v.grad = 0.25
        y = value_node(getattr(solution, name)(v))
        assert_close(y.data, formula(x), rtol=1e-12)
        assert y is not v, "the node that came back is x itself"
        assert_equal(v.data, x)
        assert_equal(v.grad, 0.25)
        assert_equal(y.grad, 0.0)
        parents = y.parents
        assert type(parents) in (tuple, list), "parents should be a tuple of the Values above"
        assert len(parents) == 1, f"{len(parents)} parents, where x should be the only one"
        assert parents[0] is v, "the only parent should be x itself"


def logistic(x):
    """Return 1 / (1 + e^-x) by way of tanh."""
    return 0.5 * (1.0 + math.tanh(0.5 * x))


def test_exp_gives_e_to_the_power_of_x(solution, rng):
    """exp gives e to the power of x, from -1000 (where that is 0) to 709."""
    xs = (1.0, 0.0, -0.5, 3.0, -20.0, between(rng, -3.0, 3.0), 300.0, 709.0, -1000.0)
    look_at_values(solution, "exp", xs, math.exp)


@points(2)
def test_exp_is_its_own_slope(solution, rng):
    """push() on exp(x) hands x its gradient times e to the power of x."""
    xs = (2.0, -0.5, 0.0, 5.0, between(rng, -2.0, 2.0))
    look_at_slopes(solution, rng, "exp", xs, math.exp)


def test_exp_makes_one_new_node(solution, rng):
    """exp(x) is a new node whose only parent is x, and x stays as it is."""
    look_at_node(solution, "exp", (-0.7, 1.5, between(rng, 0.1, 2.0)), math.exp)


def test_exp_refuses_what_no_float_can_hold(solution):
    """exp raises OverflowError where the result is too large for a float, at 710 and at 1000."""
    value = solution.need("value").Value
    assert_close(value_node(solution.exp(value(700.0))).data, math.exp(700.0), rtol=1e-12)
    with raises(OverflowError):
        assert value_node(solution.exp(value(1000.0))).data is not None
    with raises(OverflowError):
        assert value_node(solution.exp(value(710.0))).data is not None


@points(2)
def test_exp_can_be_built_into_tanh(solution, rng):
    """(e^2x - 1) / (e^2x + 1), put together from exp, has the value and the slope of tanh."""
    value = solution.need("value").Value
    for x in (0.5, -0.5, 3.0, -3.0, between(rng, -2.0, 2.0), 20.0, 299.0, -299.0):
        v = value(x)
        e = value_node(solution.exp(v * 2.0))
        y = (e - 1.0) / (e + 1.0)
        assert_close(y.data, math.tanh(x), rtol=0.0, atol=1e-14)
        y.backward()
        assert_close(v.grad, 4.0 / (math.exp(x) + math.exp(-x)) ** 2, atol=1e-12)


def test_log_gives_the_natural_logarithm(solution, rng):
    """log gives the natural logarithm, of very small and very large numbers too."""
    xs = (2.0, 0.5, 10.0, between(rng, 1.5, 9.0), 1e-300, 1e300)
    look_at_values(solution, "log", xs, math.log)


@points(2)
def test_log_has_the_slope_one_over_x(solution, rng):
    """push() on log(x) hands x its gradient times 1 / x."""
    xs = (2.0, 0.25, 10.0, between(rng, 1.5, 9.0), 1.0)
    look_at_slopes(solution, rng, "log", xs, lambda x: 1.0 / x)


def test_log_makes_one_new_node(solution, rng):
    """log(x) is a new node whose only parent is x, and x stays as it is."""
    look_at_node(solution, "log", (0.7, 3.0, between(rng, 1.5, 9.0)), math.log)


def test_log_refuses_zero_and_less(solution):
    """log raises ValueError for 0 and for negative numbers."""
    value = solution.need("value").Value
    assert_close(value_node(solution.log(value(2.0))).data, math.log(2.0), rtol=1e-12)
    for x in (-1.0, 0.0, -1e-300, -1000.0):
        v = value(x)
        with raises(ValueError):
            assert value_node(solution.log(v)).data is not None


def test_relu_keeps_what_is_positive(solution, rng):
    """relu gives x where x is positive and 0 elsewhere."""
    size = between(rng, 0.1, 3.0)
    xs = (-3.0, 2.0, -0.25, 0.5, size, -size, 0.0, 1e-8, -1e-8, 1000.0, -1000.0)
    look_at_values(solution, "relu", xs, lambda x: max(x, 0.0))


@points(2)
def test_relu_has_the_slope_one_or_zero(solution, rng):
    """push() on relu(x) hands x the whole gradient where x is positive, and nothing elsewhere."""
    size = between(rng, 0.1, 3.0)
    xs = (2.0, -3.0, 0.5, -0.25, size, -size, 1e-8, -1e-8)
    look_at_slopes(solution, rng, "relu", xs, lambda x: 1.0 if x > 0.0 else 0.0)


def test_relu_has_the_slope_zero_at_zero(solution, rng):
    """At 0 itself the slope of relu is 0."""
    look_at_slopes(solution, rng, "relu", (3.0, 0.0, -0.0), lambda x: 1.0 if x > 0.0 else 0.0)


def test_relu_makes_one_new_node(solution, rng):
    """relu(x) is a new node whose only parent is x, for positive and for negative x."""
    xs = (-0.7, 1.5, between(rng, 0.1, 2.0), 0.0)
    look_at_node(solution, "relu", xs, lambda x: max(x, 0.0))


def test_sigmoid_gives_the_logistic_function(solution, rng):
    """sigmoid gives 1 / (1 + e^-x)."""
    xs = (0.5, -0.5, 0.0, 3.0, -3.0, between(rng, -4.0, 4.0))
    look_at_values(solution, "sigmoid", xs, logistic, atol=1e-14)


def test_sigmoid_is_a_shrunken_tanh(solution):
    """2 sigmoid(2x) - 1 is tanh(x), everywhere between -20 and 20."""
    xs = [round(-20.0 + 0.17 * i, 2) for i in range(236)]
    got = solution.probe.data_at("sigmoid", [2.0 * x for x in xs])
    assert_close(got, [logistic(2.0 * x) for x in xs], rtol=0.0, atol=1e-14)
    tanh = [2.0 * s - 1.0 for s in got]
    assert_close(tanh, [math.tanh(x) for x in xs], rtol=0.0, atol=1e-13)


@points(2)
def test_sigmoid_has_the_slope_s_times_one_minus_s(solution, rng):
    """push() on sigmoid(x) hands x its gradient times s (1 - s), where s is the result."""
    xs = (0.5, -2.0, 3.0, 0.0, between(rng, -4.0, 4.0))
    look_at_slopes(solution, rng, "sigmoid", xs, lambda x: logistic(x) * logistic(-x))


def test_sigmoid_makes_one_new_node(solution, rng):
    """sigmoid(x) is a new node whose only parent is x, and x stays as it is."""
    look_at_node(solution, "sigmoid", (-0.7, 1.5, between(rng, 0.1, 2.0)), logistic)


@points(2)
def test_sigmoid_survives_large_inputs(solution):
    """At -1000 and 1000 sigmoid is 0 and 1 with slope 0, and nothing overflows on the way."""
    value = solution.need("value").Value
    for x, expected in ((-1000.0, 0.0), (1000.0, 1.0), (-1e300, 0.0), (1e300, 1.0)):
        v = value(x)
        y = value_node(solution.sigmoid(v))
        assert_close(y.data, expected, atol=1e-300)
        y.grad = 2.0
        y.push()
        assert_close(v.grad, 0.0, atol=1e-300)
    got = solution.probe.data_without_overflow("sigmoid", [-1000.0, 1000.0])
    assert_close(got, [0.0, 1.0], atol=1e-300)
