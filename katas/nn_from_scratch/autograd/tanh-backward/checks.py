"""Hidden checks of the kata tanh-backward."""

import math

from nnkata.testing import assert_close, assert_equal, assert_gradient, assert_object, points


def between(rng, low, high):
    """Return a random float, short enough to be read."""
    return round(float(rng.uniform(low, high)), 2)


def slope_of_tanh(x):
    """Return the slope of tanh, by another formula than the lesson's."""
    return 4.0 / (math.exp(x) + math.exp(-x)) ** 2


@points(2)
def test_gives_the_hyperbolic_tangent(solution, rng):
    """tanh(Value(x)).data is the hyperbolic tangent of x."""
    value = solution.need("value").Value
    for x in (0.5, -0.5, 0.0, 3.0, -3.0, 1e-4, between(rng, -2.0, 2.0)):
        y = assert_object(solution.tanh(value(x)), "Value")
        assert_close(y.data, math.tanh(x), rtol=0.0, atol=1e-14)


def test_is_right_on_the_whole_axis(solution):
    """tanh is right everywhere between -20 and 20, not only near 0 or at a few places."""
    xs = [round(-20.0 + 0.17 * i, 2) for i in range(236)]
    got = solution.probe.data_at(xs)
    assert_close(got, [math.tanh(x) for x in xs], rtol=0.0, atol=1e-14)


@points(3)
def test_hands_on_the_slope_of_the_curve(solution, rng):
    """push() on tanh(x), and nothing earlier, hands x the gradient times the slope of tanh at x."""
    value = solution.need("value").Value
    for x in (0.5, 3.0, -0.5, -3.0, 0.0, between(rng, -2.0, 2.0)):
        upstream = between(rng, 1.5, 4.0)
        v = value(x)
        y = assert_object(solution.tanh(v), "Value")
        assert_close(v.grad, 0.0)
        y.grad = upstream
        y.push()
        assert_close(v.grad, upstream * slope_of_tanh(x), atol=1e-14)


@points(2)
def test_survives_large_inputs(solution):
    """At 1000 and -1000 tanh is exactly 1 and -1, and its slope there is exactly 0."""
    value = solution.need("value").Value
    for x, expected in ((1000.0, 1.0), (-1000.0, -1.0), (1e300, 1.0), (-1e300, -1.0)):
        v = value(x)
        y = assert_object(solution.tanh(v), "Value")
        assert_close(y.data, expected, rtol=0.0)
        y.grad = 2.0
        y.push()
        assert_close(v.grad, 0.0)


@points(2)
def test_makes_one_new_node_above_x(solution, rng):
    """tanh(x) is a new node with x as its only parent and a gradient of 0; x stays as it is."""
    value = solution.need("value").Value
    for x in (0.7, -1.2, between(rng, 0.1, 2.0)):
        v = value(x)
        v.grad = 0.25
        y = assert_object(solution.tanh(v), "Value")
        assert y is not v, "the node that came back is x itself"
        assert_equal(v.data, x)
        assert_equal(v.grad, 0.25)
        assert_equal(y.grad, 0.0)
        parents = y.parents
        assert type(parents) in (tuple, list), "parents should be a tuple of the Values above"
        assert len(parents) == 1
        assert parents[0] is v, "the only parent should be x itself"


def test_stays_linked_far_out(solution):
    """Far out too, where the slope is 0, the new node has x as its parent."""
    value = solution.need("value").Value
    for x in (0.7, 15.0, -15.0, 30.0, -30.0, 1000.0, -1000.0):
        v = value(x)
        parents = assert_object(solution.tanh(v), "Value").parents
        assert type(parents) in (tuple, list), "parents should be a tuple of the Values above"
        assert len(parents) == 1, f"{len(parents)} parents, where x should be the only one"
        assert parents[0] is v, "the only parent should be x itself"


@points(2)
def test_works_inside_a_longer_computation(solution, rng):
    """backward() finds the right gradients through tanh, also where x is used more than once."""
    value = solution.need("value").Value

    def formula(point):
        a, b = point
        return math.tanh(a * b + a) * b + 3.0 * math.tanh(a)

    for _ in range(3):
        a, b = between(rng, 0.3, 1.2), between(rng, 0.3, 1.2)
        va, vb = value(a), value(b)
        bent = [assert_object(solution.tanh(v), "Value") for v in (va * vb + va, va)]
        y = bent[0] * vb + bent[1] * 3.0
        assert_close(y.data, formula((a, b)), rtol=1e-12)
        assert_close(va.grad, 0.0)
        y.backward()
        for got, index in ((va.grad, 0), (vb.grad, 1)):
            others = [a, b]

            def along(x, index=index, others=others):
                others[index] = float(x)
                return formula(others)

            assert_gradient(got, along, others[index])
