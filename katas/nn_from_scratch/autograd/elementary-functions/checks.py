"""Hidden checks of the kata elementary-functions; each uses one function only.

A check makes all its calls before it compares anything. So a wrong module fails the same checks
under every seed, and its answers are enough to tell one cause from another.
"""

import math

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_object,
    points,
    shown,
)


def random_number(rng, low, high):
    """Return a random float with two decimals."""
    return round(float(rng.uniform(low, high)), 2)


def value_node(got):
    """Return the result if it is a Value, and fail if it is not."""
    return assert_object(got, "Value")


def check_values(solution, name, xs, formula, atol=0.0):
    """Compare the data of a function with a formula, at every x."""
    value = solution.need("value").Value
    data = [value_node(getattr(solution, name)(value(x))).data for x in xs]
    for got, x in zip(data, xs, strict=True):
        assert_close(got, formula(x), rtol=1e-12, atol=atol)


def check_derivatives(solution, rng, name, xs, derivative):
    """Compare what push() adds to x.grad with a formula, closer than a difference comes to it."""
    value = solution.need("value").Value
    answers = []
    for i, x in enumerate(xs):
        upstream = 2.0 if i == 0 else random_number(rng, 1.5, 4.0)
        v = value(x)
        y = value_node(getattr(solution, name)(v))
        before = v.grad
        y.grad = upstream
        y.push()
        answers.append((x, upstream, before, v.grad))
    for x, upstream, before, after in answers:
        assert_close(before, 0.0)
        assert_close(after, upstream * derivative(x), rtol=1e-12, atol=1e-14)


def check_nodes(solution, name, xs, formula):
    """Fail unless the results are new nodes with one parent, and x does not change."""
    value = solution.need("value").Value
    nodes = []
    for x in xs:
        v = value(x)
        v.grad = 0.25
        y = value_node(getattr(solution, name)(v))
        again = getattr(solution, name)(v)
        nodes.append((x, v, y, y.data, v.data, v.grad, y.grad, y.parents, again))
    for x, v, y, result, data, grad, own_grad, parents, again in nodes:
        assert_close(result, formula(x), rtol=1e-12, atol=1e-14)
        assert y is not v, f"{name} returned x itself"
        assert_equal(data, x)
        assert_equal(grad, 0.25)
        assert_equal(own_grad, 0.0)
        assert type(parents) in (tuple, list), "parents should be a tuple of Values: (x,)"
        assert len(parents) == 1, f"{len(parents)} parents, where x should be the only one"
        assert parents[0] is v, "the only parent should be x itself"
        assert again is not y, "a second call returned the node of the first"


def assert_raised(name, xs, got, error):
    """Fail unless a function raised this error at every x."""
    for x, found in zip(xs, got, strict=True):
        if type(found) is not str or found != error:
            raise CheckFailed(
                f"{name}({x:g}) gave {shown(found)}", got=shown(found), expected=error, value=found
            )


def logistic(x):
    """Return 1 / (1 + e^-x) by way of tanh."""
    return 0.5 * (1.0 + math.tanh(0.5 * x))


def test_exp_gives_e_to_the_power_of_x(solution, rng):
    """exp gives e to the power of x, from -1000 (where that is 0) to 709."""
    xs = (1.0, 0.0, -0.5, 3.0, -20.0, random_number(rng, -3.0, 3.0), 300.0, 709.0, -1000.0)
    check_values(solution, "exp", xs, math.exp)


@points(3)
def test_exp_is_its_own_derivative(solution, rng):
    """push() on exp(x) adds the upstream gradient times e to the power of x to x.grad."""
    xs = (2.0, -0.5, 0.0, 5.0, random_number(rng, -2.0, 2.0))
    check_derivatives(solution, rng, "exp", xs, math.exp)


def test_exp_makes_one_new_node(solution, rng):
    """exp(x) is a new node whose only parent is x, and x does not change."""
    check_nodes(solution, "exp", (-0.7, 1.5, random_number(rng, 0.1, 2.0)), math.exp)


def test_exp_raises_where_the_result_is_too_large(solution):
    """exp raises OverflowError where the result is too large for a float, at 710 and at 1000."""
    xs = [700.0, 1000.0, 710.0]
    got = solution.probe.data_or_error("exp", xs)
    assert_close(got[0], math.exp(700.0), rtol=1e-12)
    assert_raised("exp", xs[1:], got[1:], "OverflowError")


@points(2)
def test_exp_can_be_built_into_tanh(solution, rng):
    """(e^2x - 1) / (e^2x + 1), built from exp, has the value and the derivative of tanh."""
    value = solution.need("value").Value
    # e^2x stays below 1e150: a Value that divides by its square is right up to there.
    xs = (0.5, -0.5, 3.0, -3.0, random_number(rng, -2.0, 2.0), 20.0, 150.0, -150.0)
    answers = []
    for x in xs:
        v = value(x)
        e = value_node(solution.exp(v * 2.0))
        y = (e - 1.0) / (e + 1.0)
        y.backward()
        answers.append((x, y.data, v.grad))
    for x, data, grad in answers:
        assert_close(data, math.tanh(x), rtol=0.0, atol=1e-14)
        assert_close(grad, 4.0 / (math.exp(x) + math.exp(-x)) ** 2, atol=1e-12)


def test_log_gives_the_natural_logarithm(solution, rng):
    """log gives the natural logarithm, of very small and very large numbers too."""
    xs = (2.0, 0.5, 10.0, random_number(rng, 1.5, 9.0), 1e-300, 1e300)
    check_values(solution, "log", xs, math.log)


@points(3)
def test_log_has_the_derivative_one_over_x(solution, rng):
    """push() on log(x) adds the upstream gradient times 1 / x to x.grad."""
    xs = (2.0, 0.25, 10.0, random_number(rng, 1.5, 9.0), 1e-100, 1e100, 1.0)
    check_derivatives(solution, rng, "log", xs, lambda x: 1.0 / x)


def test_log_makes_one_new_node(solution, rng):
    """log(x) is a new node whose only parent is x, and x does not change."""
    check_nodes(solution, "log", (0.7, 3.0, random_number(rng, 1.5, 9.0)), math.log)


def test_log_refuses_zero_and_less(solution):
    """log raises ValueError for 0 and for negative numbers."""
    xs = [2.0, 0.0, -1.0, -1e-300, -1000.0]
    got = solution.probe.data_or_error("log", xs)
    assert_close(got[0], math.log(2.0), rtol=1e-12)
    assert_raised("log", xs[1:], got[1:], "ValueError")


def test_relu_keeps_what_is_positive(solution, rng):
    """relu gives x where x is positive and 0 elsewhere."""
    size = random_number(rng, 0.1, 3.0)
    xs = (2.0, -3.0, -0.25, 0.5, size, -size, 0.0, 1e-8, -1e-8, 1000.0, -1000.0)
    check_values(solution, "relu", xs, lambda x: max(x, 0.0))


@points(3)
def test_relu_has_the_derivative_one_or_zero(solution, rng):
    """push() on relu(x) adds the whole gradient to x.grad if x is positive, and 0 otherwise."""
    size = random_number(rng, 0.1, 3.0)
    xs = (2.0, -3.0, 0.5, -0.25, size, -size, 1e-8, -1e-8)
    check_derivatives(solution, rng, "relu", xs, lambda x: 1.0 if x > 0.0 else 0.0)


def test_relu_has_the_derivative_zero_at_zero(solution, rng):
    """At 0 itself the derivative of relu is 0."""
    check_derivatives(solution, rng, "relu", (0.0, -0.0, 3.0), lambda x: 1.0 if x > 0.0 else 0.0)


def test_relu_makes_one_new_node(solution, rng):
    """For positive x relu(x) is a new node whose only parent is x."""
    check_values(solution, "relu", (-0.7,), lambda x: max(x, 0.0))
    check_nodes(solution, "relu", (1.5, random_number(rng, 0.1, 2.0)), lambda x: x)


def test_relu_keeps_its_parent_where_it_is_zero(solution, rng):
    """For negative x, and at 0, relu(x) is a new node too, and its only parent is x."""
    xs = (-0.7, 0.0, random_number(rng, -2.0, -0.1))
    check_nodes(solution, "relu", xs, lambda x: max(x, 0.0))


def test_sigmoid_gives_the_logistic_function(solution, rng):
    """sigmoid gives 1 / (1 + e^-x)."""
    xs = (2.0, 0.5, -0.5, 0.0, 3.0, -3.0, random_number(rng, -4.0, 4.0))
    check_values(solution, "sigmoid", xs, logistic, atol=1e-14)


def test_sigmoid_is_a_shrunken_tanh(solution, rng):
    """2 sigmoid(2x) - 1 is tanh(x), everywhere between -20 and 20."""
    begin = float(rng.uniform(-20.0, -19.83))
    xs = [round(begin + 0.17 * i, 6) for i in range(235)]
    got = solution.probe.data_at("sigmoid", [2.0 * x for x in xs])
    assert_close(got, [logistic(2.0 * x) for x in xs], rtol=0.0, atol=1e-14)


@points(3)
def test_sigmoid_has_the_derivative_s_times_one_minus_s(solution, rng):
    """push() on sigmoid(x) adds the upstream gradient times s (1 - s) to x.grad."""
    xs = (0.5, -2.0, 3.0, 0.0, random_number(rng, -4.0, 4.0))
    check_derivatives(solution, rng, "sigmoid", xs, lambda x: logistic(x) * logistic(-x))


def test_sigmoid_makes_one_new_node(solution, rng):
    """sigmoid(x) is a new node whose only parent is x, and x does not change."""
    check_nodes(solution, "sigmoid", (-0.7, 1.5, random_number(rng, 0.1, 2.0)), logistic)


@points(2)
def test_sigmoid_survives_large_inputs(solution, rng):
    """At -1000 and 1000 sigmoid is 0 and 1, its derivative is 0, and nothing overflows."""
    value = solution.need("value").Value
    answers = []
    ordinary = random_number(rng, 0.2, 1.5)
    for x in (-1000.0, 1000.0, -1e300, 1e300, ordinary):
        v = value(x)
        y = value_node(solution.sigmoid(v))
        y.grad = 2.0
        y.push()
        answers.append((x, y.data, v.grad))
    for x, data, grad in answers:
        expected = logistic(x) if x == ordinary else float(x > 0.0)
        assert_close(data, expected, atol=1e-14)
        assert_close(grad, 2.0 * expected * (1.0 - expected), atol=1e-14)
    got = solution.probe.data_without_overflow("sigmoid", [-1000.0, 1000.0])
    assert_close(got, [0.0, 1.0], atol=1e-14)
