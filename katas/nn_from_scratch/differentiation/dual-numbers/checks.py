"""Hidden checks of the kata dual-numbers."""

import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_arguments_unchanged,
    assert_close,
    assert_equal,
    assert_gradient,
    assert_object,
    points,
    raises,
)

FUNCTIONS = {
    "lambda x: x * x * x - 2 * x": lambda x: 3 * x**2 - 2,
    "lambda x: (x * x + 1) / (x - 5)": lambda x: (x * x - 10 * x - 1) / (x - 5) ** 2,
    "lambda x: x * (x * x).sin().exp()": lambda x: (
        math.exp(math.sin(x * x)) * (1 + 2 * x * x * math.cos(x * x))
    ),
    "lambda x: (3 * x - 1).tanh() * x ** 2": lambda x: (
        3 * x**2 / math.cosh(3 * x - 1) ** 2 + 2 * x * math.tanh(3 * x - 1)
    ),
    "lambda x: (x * x + 2).log() * x.cos()": lambda x: (
        2 * x * math.cos(x) / (x * x + 2) - math.log(x * x + 2) * math.sin(x)
    ),
}
"""Functions as a learner would write them, and their derivatives, worked out by hand."""


def draw(rng, low=0.5, high=3.0):
    """Draw a float of two decimals whose size is between low and high, of either sign."""
    return round(float(rng.uniform(low, high) * rng.choice([-1, 1])), 2)


def assert_duals(solution, text, *cases):
    """Compare value and slope of an expression with two floats, for each (operands, value, slope).

    An operand is a pair of a value and a slope, or a plain number.
    """
    operands = [[list(x) if type(x) is tuple else x for x in case[0]] for case in cases]
    got = solution.probe.evaluated(solution.fn(text), operands)
    expected = [[float(value), float(slope)] for _, value, slope in cases]
    assert_close(got, expected, rtol=1e-12, atol=1e-15)


def draw_pair(rng):
    """Draw a value and a slope."""
    return draw(rng), draw(rng)


def test_keeps_two_floats(solution, rng):
    """A Dual stores its value and its slope as floats, and the slope is 0 if none is given."""
    for value, slope in (
        (3, 1),
        (2.5, -0.5),
        (np.float64(7.0), np.int64(2)),
        (draw(rng), draw(rng)),
    ):
        x = assert_object(solution.Dual(value, slope), "Dual")
        assert_equal(x.value, float(value))
        assert_equal(x.deriv, float(slope))
        assert_equal(assert_object(solution.Dual(value), "Dual").deriv, 0.0)


@points(2)
def test_adds_and_subtracts(solution, rng):
    """The slope of a sum is the sum of the slopes, and that of a difference the difference."""
    pairs = [((3.0, 1.0), (5.0, 10.0)), *((draw_pair(rng), draw_pair(rng)) for _ in range(3))]
    sums = [((x, y), x[0] + y[0], x[1] + y[1]) for x, y in pairs]
    assert_duals(solution, "lambda x, y: x + y", *sums)
    differences = [((x, y), x[0] - y[0], x[1] - y[1]) for x, y in pairs]
    assert_duals(solution, "lambda x, y: x - y", *differences)
    assert_duals(solution, "lambda x: -x", *(((x,), -x[0], -x[1]) for x, _ in pairs))


@points(4)
def test_multiplies(solution, rng):
    """The slope of a product has two parts, one for each factor: 3 · 3 with slope 1 gives 6."""
    assert_duals(solution, "lambda x: x * x", (((3.0, 1.0),), 9, 6))
    pairs = [((3.0, 1.0), (5.0, 10.0)), *((draw_pair(rng), draw_pair(rng)) for _ in range(3))]
    pairs += [((draw(rng), 0.0), draw_pair(rng)), (draw_pair(rng), (draw(rng), 0.0))]
    cases = [((x, y), x[0] * y[0], x[1] * y[0] + x[0] * y[1]) for x, y in pairs]
    assert_duals(solution, "lambda x, y: x * y", *cases)


@points(3)
def test_divides(solution, rng):
    """The quotient a / b has the slope (a' b - a b') / b²."""
    assert_duals(solution, "lambda x, y: x / y", (((1.0, 0.0), (2.0, 1.0)), 0.5, -0.25))
    pairs = [((6.0, 5.0), (2.0, 1.0)), *((draw_pair(rng), draw_pair(rng)) for _ in range(4))]
    cases = [((x, y), x[0] / y[0], (x[1] * y[0] - x[0] * y[1]) / y[0] ** 2) for x, y in pairs]
    assert_duals(solution, "lambda x, y: x / y", *cases)


def test_divides_by_very_small_and_large_numbers(solution, rng):
    """A divisor of 1e-200 or 1e200 gives a finite slope, where its square is 0 or infinite."""
    for size in (1.0, 1e-200, 1e200):
        (a, da), (b, db) = draw_pair(rng), draw_pair(rng)
        operands = (a * size, da * size), (b * size, db * size)
        case = operands, a / b, (da * b - a * db) / b**2
        assert_duals(solution, "lambda x, y: x / y", case)


@points(3)
def test_raises_to_a_power(solution, rng):
    """x ** k has the slope k x^(k-1) times the slope of x."""
    assert_duals(solution, "lambda x: x ** 3", (((2.0, 1.0),), 8, 12))
    cases = []
    for k in (2, 3, -1, -2, 1, 3.0, 0.5, -1.5, 2.25):
        a, da = draw_pair(rng)
        a = a if k == int(k) else abs(a)
        cases.append((((a, da), k), a**k, k * a ** (k - 1) * da))
    assert_duals(solution, "lambda x, k: x ** k", *cases)


def test_powers_of_zero(solution, rng):
    """x ** 0 has the slope 0 everywhere, even at 0, and x ** 1 and x ** 2 are right there."""
    da = draw(rng)
    for k, value, slope in ((2, 0.0, 0.0), (1, 0.0, da), (0, 1.0, 0.0), (0.0, 1.0, 0.0)):
        assert_duals(solution, f"lambda x: x ** {k}", (((0.0, da),), value, slope))
    assert_duals(solution, "lambda x: x ** 0", ((draw_pair(rng),), 1.0, 0.0))


@points(2)
def test_takes_numbers_on_the_right(solution, rng):
    """x + 2, x - 2, x * 2 and x / 2 take the number as a constant, whatever its type."""
    numbers = (2, 2.5, np.float64(-1.5), np.int64(4), draw(rng))
    drawn = [(draw_pair(rng), k) for k in numbers]
    for symbol, rule in (
        ("+", lambda a, da, c: (a + c, da)), ("-", lambda a, da, c: (a - c, da)),
        ("*", lambda a, da, c: (a * c, da * c)), ("/", lambda a, da, c: (a / c, da / c)),
    ):  # fmt: skip
        cases = [((x, k), *rule(*x, float(k))) for x, k in drawn]
        assert_duals(solution, f"lambda x, k: x {symbol} k", *cases)


@points(3)
def test_takes_numbers_on_the_left(solution, rng):
    """2 + x, 2 - x, 2 * x, 2 / x and sum work too, in the order that is written."""
    drawn = [(draw_pair(rng), k) for k in (2, 0.5, draw(rng))]
    for symbol, rule in (
        ("+", lambda a, da, c: (c + a, da)), ("-", lambda a, da, c: (c - a, -da)),
        ("*", lambda a, da, c: (c * a, c * da)), ("/", lambda a, da, c: (c / a, -c / a**2 * da)),
    ):  # fmt: skip
        cases = [((x, k), *rule(*x, float(k))) for x, k in drawn]
        assert_duals(solution, f"lambda x, k: k {symbol} x", *cases)
    x, y = draw_pair(rng), draw_pair(rng)
    assert_duals(solution, "lambda x, y: sum([x, y])", ((x, y), x[0] + y[0], x[1] + y[1]))


def assert_function(solution, rng, name, at, value, slope):
    """Compare a function with its value and its slope, for several slopes of the input."""
    first = at[0]
    text = f"lambda x: x.{name}()"
    assert_duals(solution, text, (((first, 1.0),), value(first), slope(first)))
    places = [*at, *rng.uniform(min(at), max(at), 4).round(2).tolist()]
    inputs = [(a, da) for a in places for da in (1.0, draw(rng))]
    assert_duals(solution, text, *(((x,), value(x[0]), slope(x[0]) * x[1]) for x in inputs))


@points(2)
def test_tanh(solution, rng):
    """tanh has the slope 1 - t² times the slope of x, where t is the result."""
    at = (0.5, -2.0, 0.0, 2.0)
    assert_function(solution, rng, "tanh", at, math.tanh, lambda a: 1 - math.tanh(a) ** 2)


def test_tanh_far_from_zero(solution, rng):
    """At 1000 and -1000, tanh is 1 and -1 with the slope 0, and nothing overflows."""
    for a in (draw(rng, 0.1, 0.9), 1000.0, -1000.0):
        slope = 1 - math.tanh(a) ** 2
        assert_duals(solution, "lambda x: x.tanh()", (((a, 2.0),), math.tanh(a), 2 * slope))


@points(2)
def test_exp(solution, rng):
    """exp is its own derivative, times the slope of x."""
    assert_function(solution, rng, "exp", (1.0, -3.0, 0.0, 3.0), math.exp, math.exp)


@points(2)
def test_log(solution, rng):
    """log has the slope 1 / x times the slope of x."""
    assert_function(solution, rng, "log", (2.0, 0.1, 9.0), math.log, lambda a: 1 / a)


@points(2)
def test_sin_and_cos(solution, rng):
    """sin has the slope cos x and cos the slope -sin x, times the slope of x."""
    at = (1.0, -2.5, 0.0, 2.5)
    assert_function(solution, rng, "sin", at, math.sin, math.cos)
    assert_function(solution, rng, "cos", at, math.cos, lambda a: -math.sin(a))


@points(2)
def test_compares_values(solution, rng):
    """<, <=, > and >= compare the values only, with another Dual and with a number."""
    a, b = draw_pair(rng)
    values = [(1.0, 2.0), (2.0, 1.0), (2.0, 2.0), (a, b), (b, a), (b, b)]
    values = [values[i] for i in rng.permutation(len(values))]
    for symbol in ("<", "<=", ">", ">="):
        f = solution.fn(f"lambda x, y: x {symbol} y")
        duals, numbers, expected = [], [], []
        for left, right in values:
            low, high = sorted(draw_pair(rng))
            duals += [[[left, low], [right, high]], [[left, high], [right, low]]]
            numbers += 2 * [[[left, low], right]]
            truth = {"<": left < right, "<=": left <= right, ">": left > right}
            expected += 2 * [truth.get(symbol, left >= right)]
        assert_equal(solution.probe.evaluated(f, duals), expected)
        assert_equal(solution.probe.evaluated(f, numbers), expected)


def test_a_function_with_two_branches(solution, rng):
    """A function may ask whether its argument is above 0, say, and have a slope on each side."""
    left, right = draw(rng, 0.5, 1.5), draw(rng, 1.6, 3.0)
    f = solution.fn(f"lambda x: {right} * x if x > 0 else {left} * x")
    for x in (2.0, -2.0, abs(draw(rng)), -abs(draw(rng))):
        assert_close(solution.derivative(f, x), right if x > 0 else left)


@points(5)
def test_derivatives_of_whole_functions(solution, rng):
    """derivative is right, to the last digits, for functions of many operations."""
    for text, slope in FUNCTIONS.items():
        f = solution.fn(text)
        for x in (2.0, abs(draw(rng, 0.5, 1.5)), -abs(draw(rng, 0.5, 1.5))):
            assert_close(solution.derivative(f, x), slope(x), rtol=1e-11, atol=1e-13)


def test_derivatives_match_measured_slopes(solution, rng):
    """derivative agrees with the slope that is measured between x - h and x + h."""
    f = solution.fn("lambda x: (x ** 3 - 2) / (x ** 2 + 1)")
    # The slope is 0 at 0 and at -1: two decimals would reach these places exactly.
    drawn = np.concatenate([rng.uniform(0.1, 2.0, 2), rng.uniform(-0.9, -0.1, 2)]).round(2)
    for x in (1, 2, *drawn.tolist()):
        assert_gradient(solution.derivative(f, x), f, x)


def test_derivatives_of_constants(solution, rng):
    """The derivative of a function that returns a plain number is 0.0, and always a float."""
    c = draw(rng)
    cases = [
        (f"lambda x: {c} * x", c),
        ("lambda x: x", 1.0),
        ("lambda x: 5", 0.0),
        ("lambda x: 0.5", 0.0),
    ]
    for text, expected in cases:
        for x in (3, draw(rng)):
            got = solution.derivative(solution.fn(text), x)
            assert_close(got, expected)
            assert isinstance(got, float), "a float was expected"


@points(4)
def test_jvp_of_two_inputs(solution, rng):
    """jvp gives the results of f, and for each how fast it changes when x moves with v."""
    f = solution.fn("lambda x: [x[0] * x[1], x[0] + 2 * x[1], 5.0]")
    assert_close(solution.jvp(f, [3.0, 4.0], [1.0, 10.0]), ([12.0, 11.0, 5.0], [34.0, 21.0, 0.0]))
    for _ in range(3):
        (a, b), (p, q) = (draw(rng), draw(rng)), (draw(rng), draw(rng))
        expected = [a * b, a + 2 * b, 5.0], [p * b + a * q, p + 2 * q, 0.0]
        assert_close(solution.jvp(f, [a, b], [p, q]), expected, rtol=1e-12, atol=1e-14)


@points(3)
def test_jvp_is_the_jacobian_times_the_velocities(solution, rng):
    """For one to four inputs and one or two results, jvp is the Jacobian times v."""
    for _ in range(2):
        x, v = [draw(rng) for _ in range(4)], [draw(rng) for _ in range(4)]
        cases = [
            (1, "lambda x: [x[0] * x[0], 1 / x[0]]", [[2 * x[0]], [-1 / x[0] ** 2]]),
            (3, "lambda x: [x[0] * x[1] * x[2]]", [[x[1] * x[2], x[0] * x[2], x[0] * x[1]]]),
            (4, "lambda x: (x[0] * x[3] - x[1], x[2].sin())",
             [[x[3], -1, 0, x[0]], [0, 0, math.cos(x[2]), 0]]),
        ]  # fmt: skip
        for n, text, jacobian in cases:
            f = solution.fn(text)
            values = [float(y) for y in solution.probe.plain_results(f, x[:n])]
            for along in (v[:n], *np.eye(n).tolist()):
                expected = (np.array(jacobian) @ along).tolist()
                got = solution.jvp(f, np.array(x[:n]), tuple(along))
                assert_close(got, (values, expected), rtol=1e-11, atol=1e-13)


def test_calls_the_function_once(solution, rng):
    """derivative and jvp call f one time, however many inputs and results there are."""
    for n in (1, 3, 6):
        x, v = [draw(rng) for _ in range(n)], [draw(rng) for _ in range(n)]
        got = solution.probe.counted(x, v)
        assert_close(got, [1, 1, sum(x) * 2.0, sum(v) * 2.0], rtol=1e-11, atol=1e-12)


def test_leaves_xs_and_vs_alone(solution, rng):
    """jvp and the function that it calls change neither xs nor vs."""
    f = solution.fn("lambda x: [x[0] * x[1] + x[1]]")
    for _ in range(2):
        xs, vs = [draw(rng), draw(rng)], [draw(rng), draw(rng)]
        expected = [xs[0] * xs[1] + xs[1]], [vs[0] * xs[1] + xs[0] * vs[1] + vs[1]]
        assert_close(solution.jvp(f, xs, vs), expected, rtol=1e-11, atol=1e-12)
        assert_arguments_unchanged(xs=xs, vs=vs)


def test_refuses_other_velocities(solution, rng):
    """jvp raises a ValueError if there are more or fewer velocities than numbers."""
    f = solution.fn("lambda x: [x[0] + x[1]]")
    (a, b), (p, q) = (draw(rng), draw(rng)), (draw(rng), draw(rng))
    assert_close(solution.jvp(f, [a, b], [p, q]), ([a + b], [p + q]), rtol=1e-11, atol=1e-12)
    for xs, vs in (([a, b], [p]), ([a, b], [p, q, p]), ([a, b], []), ([a, b, a], [p, q])):
        with raises(ValueError):
            solution.jvp(f, xs, vs)


@points(2)
def test_forward_and_backward_agree(solution, rng):
    """The slope of a Dual is the gradient that backward gives a Value for the same function."""
    value = solution.need("value").Value
    for text, slope in (
        ("lambda x: (x * x - 2) / (x + 4)", lambda x: (x * x + 8 * x + 2) / (x + 4) ** 2),
        ("lambda x: (0.5 * x).tanh() - x ** 3", lambda x: 0.5 / math.cosh(0.5 * x) ** 2 - 3 * x**2),
        ("lambda x: (x * x + 1).log() + x.exp()", lambda x: 2 * x / (x * x + 1) + math.exp(x)),
    ):
        f, x = solution.fn(text), draw(rng)
        got = solution.derivative(f, x)
        assert_close(got, slope(x), rtol=1e-11, atol=1e-12)
        leaf = value(x)
        f(leaf).backward()
        assert_close(got, leaf.grad, rtol=1e-11, atol=1e-12)


@points(2)
def test_a_loop_keeps_nothing(solution, rng):
    """After many operations in a loop, value and slope are right, and old Duals are forgotten."""
    for steps in (3, 200):
        a, da, k, c = rng.uniform(0.2, 0.9, 4).round(2).tolist()
        y, dy = a, da
        for _ in range(steps):
            y, dy = y * a * k + c, (dy * a + y * da) * k
        got = solution.probe.looped(a, da, k, c, steps)
        if type(got) is not list or len(got) != 3:
            raise CheckFailed("a Dual was expected", rung="type")
        assert_close(got[:2], [y, dy], rtol=1e-11)
        assert_close(got[2], 0)


def test_leaves_its_operands_alone(solution, rng):
    """Every operation returns a new Dual, and its operands stay as they are."""
    (a, da), (b, db) = (draw(rng), draw(rng)), (abs(draw(rng)), draw(rng))
    x, y = solution.Dual(a, da), solution.Dual(b, db)
    sums, differences = [a + b, da + db], [a - b, da - db]
    for result, expected in ((x + y, sums), (x - y, differences), (y + x, sums)):
        got = assert_object(result, "Dual")
        assert got is not x, "the result is an operand itself"
        assert got is not y, "the result is an operand itself"
        assert_close([got.value, got.deriv], expected, rtol=1e-12, atol=1e-15)
    for result in (x * y, x / y, y**2, -x, x.tanh(), y.log(), x.sin(), x.cos(), x.exp(), x + 0):
        got = assert_object(result, "Dual")
        assert got is not x, "the result is an operand itself"
        assert got is not y, "the result is an operand itself"
    assert_equal([x.value, x.deriv, y.value, y.deriv], [a, da, b, db])


def test_errors(solution, rng):
    """Division by 0, log of 0 or less, and a power with a Dual as exponent raise an error."""
    x, zero, number = solution.Dual(abs(draw(rng)), 1.0), solution.Dual(0.0, 1.0), draw(rng)
    assert_close(assert_object(x + number, "Dual").deriv, 1.0)
    with raises(ZeroDivisionError):
        x / zero
    with raises(ZeroDivisionError):
        number / zero
    with raises(ValueError):
        zero.log()
    with raises(ValueError):
        solution.Dual(-abs(number), 1.0).log()
    with raises(Exception):
        x**x
