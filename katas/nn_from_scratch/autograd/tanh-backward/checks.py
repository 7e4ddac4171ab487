"""Hidden checks of the kata tanh-backward.

A check makes all its calls before it compares anything. So a wrong module fails the same checks
under every seed, and its answers are enough to tell one cause from another.
"""

import math

from nnkata.testing import assert_close, assert_equal, assert_gradient, assert_object, points


def random_number(rng, low, high):
    """Return a random float with two decimals."""
    return round(float(rng.uniform(low, high)), 2)


def derivative(x):
    """Return the derivative of tanh at x, by another formula than the lesson's."""
    return 4.0 / (math.exp(x) + math.exp(-x)) ** 2


def grid(rng):
    """Return 235 places between -20 and 20, from a random beginning."""
    begin = float(rng.uniform(-20.0, -19.83))
    return [round(begin + 0.17 * i, 6) for i in range(235)]


def pushed(solution, pairs):
    """Return (data, grad before push, grad after push) for each pair (x, upstream gradient)."""
    value = solution.need("value").Value
    answers = []
    for x, upstream in pairs:
        v = value(x)
        y = assert_object(solution.tanh(v), "Value")
        before = v.grad
        y.grad = upstream
        y.push()
        answers.append((y.data, before, v.grad))
    return answers


def assert_only_parent(parents, x):
    """Fail unless the parents of a node are x and nothing else."""
    assert type(parents) in (tuple, list), "parents should be a tuple of Values: (x,)"
    assert len(parents) == 1, f"{len(parents)} parents, where x should be the only one"
    assert parents[0] is x, "the only parent should be x itself"


@points(2)
def test_gives_the_hyperbolic_tangent(solution, rng):
    """tanh(Value(x)).data is the hyperbolic tangent of x."""
    value = solution.need("value").Value
    xs = (0.5, -0.5, 0.0, 1.0, 3.0, -3.0, 1e-4, random_number(rng, -2.0, 2.0))
    data = [assert_object(solution.tanh(value(x)), "Value").data for x in xs]
    for got, x in zip(data, xs, strict=True):
        assert_close(got, math.tanh(x), rtol=0.0, atol=1e-14)


@points(4)
def test_push_multiplies_by_the_derivative(solution, rng):
    """push() on tanh(x) adds the upstream gradient times the derivative of tanh to x.grad."""
    pairs = [(0.5, 2.0), (3.0, 1.5), (-0.5, 2.0), (-3.0, 1.5), (0.0, 3.0), (1.0, -2.0)]
    pairs += [(random_number(rng, -2.0, 2.0), random_number(rng, 1.5, 4.0)) for _ in range(2)]
    for (x, upstream), (_, before, after) in zip(pairs, pushed(solution, pairs), strict=True):
        assert_close(before, 0.0)
        assert_close(after, upstream * derivative(x), atol=1e-14)


@points(2)
def test_makes_one_new_node_above_x(solution, rng):
    """tanh(x) is a new node with x as its only parent and a gradient of 0; x does not change."""
    value = solution.need("value").Value
    xs = (0.7, -1.2, random_number(rng, 0.1, 2.0))
    nodes = []
    for x in xs:
        v = value(x)
        v.grad = 0.25
        y = assert_object(solution.tanh(v), "Value")
        nodes.append((x, v, y, v.data, v.grad, y.grad, y.parents, solution.tanh(v)))
    for x, v, y, data, grad, own_grad, parents, again in nodes:
        assert y is not v, "tanh returned x itself"
        assert_equal(data, x)
        assert_equal(grad, 0.25)
        assert_equal(own_grad, 0.0)
        assert_only_parent(parents, v)
        assert again is not y, "a second call returned the node of the first"


@points(2)
def test_survives_large_inputs(solution, rng):
    """At 1000 and -1000 tanh is exactly 1 and -1, and its derivative there is exactly 0."""
    pairs = [(1000.0, 2.0), (-1000.0, 2.0), (1e300, 2.0), (-1e300, 2.0)]
    for (x, _), (data, _, after) in zip(pairs, pushed(solution, pairs), strict=True):
        assert_close(data, math.copysign(1.0, x), rtol=0.0)
        assert_close(after, 0.0)
    pairs = [(random_number(rng, 0.2, 1.5), random_number(rng, 1.5, 4.0)) for _ in range(2)]
    for (x, upstream), (data, _, after) in zip(pairs, pushed(solution, pairs), strict=True):
        assert_close(data, math.tanh(x))
        assert_close(after, upstream * derivative(x))


def test_keeps_its_parent_for_large_inputs(solution):
    """For large x, where the derivative is 0, the new node still has x as its parent."""
    value = solution.need("value").Value
    nodes = []
    for x in (0.7, 15.0, -15.0, 30.0, -30.0, 1000.0, -1000.0):
        v = value(x)
        nodes.append((v, assert_object(solution.tanh(v), "Value").parents))
    for v, parents in nodes:
        assert_only_parent(parents, v)


def test_is_right_on_the_whole_axis(solution, rng):
    """tanh is right everywhere between -20 and 20, not only near 0 or at a few places."""
    xs = grid(rng)
    got = solution.probe.data_at(xs)
    assert_close(got, [math.tanh(x) for x in xs], rtol=0.0, atol=1e-14)


@points(2)
def test_its_derivative_is_right_on_the_whole_axis(solution, rng):
    """The derivative of tanh is right everywhere between -20 and 20."""
    xs = grid(rng)
    got = solution.probe.gradients_at(xs, 1.5)
    assert_close(got, [1.5 * derivative(x) for x in xs], rtol=1e-9, atol=1e-14)


@points(4)
def test_works_inside_a_longer_computation(solution, rng):
    """backward() finds the right gradients through tanh, even where x is used more than once."""
    value = solution.need("value").Value

    def formula(point):
        a, b = point
        return math.tanh(a * b + a) * b + 3.0 * math.tanh(a)

    answers = []
    for a, b in [(0.5, 1.0)] + [[random_number(rng, 0.3, 1.2) for _ in "ab"] for _ in range(2)]:
        va, vb = value(a), value(b)
        bent = [assert_object(solution.tanh(v), "Value") for v in (va * vb + va, va)]
        y = bent[0] * vb + bent[1] * 3.0
        before = va.grad
        y.backward()
        answers.append(((a, b), y.data, before, (va.grad, vb.grad)))
    for point, data, before, grads in answers:
        assert_close(data, formula(point), rtol=1e-12)
        assert_close(before, 0.0)
        for index, got in enumerate(grads):

            def along(x, index=index, point=point):
                moved = list(point)
                moved[index] = float(x)
                return formula(moved)

            assert_gradient(got, along, point[index])
