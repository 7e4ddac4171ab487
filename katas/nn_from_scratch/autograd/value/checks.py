"""Hidden checks of the kata value."""

import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_object,
    points,
    raises,
    slow,
)

BEFORE, UPSTREAM = 8.0, 2.0
"""What the checks of operations put into the operands' grad, and into that of the result."""
OPERATIONS = ["+"] * 4 + ["-"] * 4 + ["*"] * 5 + ["/"] * 3 + ["**"] * 2 + ["neg"] * 2
"""What random expressions are made of, as often as it is drawn."""


def value(got):
    """Return what came back if it is a Value."""
    return assert_object(got, "Value")


def assert_node(got, number):
    """Fail unless a Value came back that holds this number."""
    assert_close(value(got).data, number)


def assert_numbers(got, count):
    """Fail unless a list of so many finite numbers came back."""
    assert_close(got, [0.0] * count, atol=np.inf)


def assert_parents(node, expected):
    """Fail unless the node was computed from these, in this order."""
    got = value(node).parents
    assert (tuple(got) if type(got) is list else got) == expected


def assert_derivatives(solution, text, at):
    """Fail unless push adds to the operands' grad what the expression's derivatives ask for."""
    expression = solution.fn(text)
    at = [float(x) for x in at]
    got = solution.probe.received(expression, at, UPSTREAM, BEFORE)
    expected = [UPSTREAM * derivative for derivative in exact_derivatives(expression, at)]
    assert_close(got, expected, atol=1e-12)


def assert_takes_number(solution, text, at):
    """Fail unless x gets the right gradient in x + 2, say, and all parents are Values."""
    assert_derivatives(solution, f"lambda x: {text}", [at])
    only_values = solution.probe.has_only_values(solution.fn(f"lambda x: {text}"), at)
    assert only_values is True, f"a parent in {text} is not a Value"


def random_number(rng, low=0.5, high=3.0):
    """Return a float of few digits whose size is between low and high, of either sign."""
    return round(float(rng.uniform(low, high) * (-1) ** rng.integers(2)), 4)


def test_keeps_its_number_as_a_float(solution, rng):
    """A new Value stores its number as a Python float and has grad 0.0."""
    missing = solution.probe.missing_names()
    if missing:
        raise CheckFailed(
            f"a Value has no {' and no '.join(missing)}: that is another class than the stub's, "
            "whose text says what each Value has",
            rung="missing",
        )
    for number in (3, 0.1, np.float32(2.5), np.int64(-7), np.float64(1e300), random_number(rng)):
        leaf = value(solution.Value(number))
        assert_equal(leaf.data, float(number))
        assert_close(leaf.grad, 0.0)


@points(2)
def test_adds(solution, rng):
    """x + y holds the sum, and push gives its whole gradient to both."""
    for a, b in ((3.0, -4.0), (random_number(rng), random_number(rng))):
        x, y = solution.Value(a), solution.Value(b)
        z = x + y
        assert_node(z, a + b)
        z.grad = 1.0
        z.push()
        assert_close(x.grad, 1.0)
        assert_close(y.grad, 1.0)


@points(2)
def test_multiplies(solution, rng):
    """x * y holds the product, and push gives each factor the gradient times the other number."""
    for a, b in ((3.0, -4.0), (random_number(rng), random_number(rng))):
        x, y = solution.Value(a), solution.Value(b)
        z = x * y
        assert_node(z, a * b)
        z.grad = 1.0
        z.push()
        assert_close(x.grad, b)
        assert_close(y.grad, a)


def test_links_to_its_operands(solution, rng):
    """A result's parents are its operands, in order and with repeats: x * x has (x, x)."""
    a, b = random_number(rng), random_number(rng)
    x, y = solution.Value(a), solution.Value(b)
    assert_node(x + y, a + b)
    assert_node(x * y, a * b)
    assert_parents(x + y, (x, y))
    assert_parents(y + x, (y, x))
    assert_parents(x + x, (x, x))
    assert_parents(x * y, (x, y))
    assert_parents(y * x, (y, x))
    assert_parents(x * x, (x, x))
    assert_parents(solution.Value(0.5, (y, x), "bend", (0.75, -2.0)), (y, x))
    assert_parents(x, ())


@points(4)
def test_push_adds_to_what_is_there(solution, rng):
    """push adds to a parent's grad: a Value that is used more than once receives the sum."""
    a, b, c = (random_number(rng) for _ in range(3))
    for number in (3.0, a):
        x = solution.Value(number)
        square = value(x * x)
        square.grad = 1.0
        square.push()
        assert_close(x.grad, 2 * number)
    x = solution.Value(a)
    double = value(x + x)
    double.grad = 1.0
    double.push()
    assert_close(x.grad, 2.0)
    x, y, z = solution.Value(a), solution.Value(b), solution.Value(c)
    x.grad = 10.0
    children = [value(x + y), value(z + x)]
    for child in children:
        child.grad = 1.0
        child.push()
    assert_close(x.grad, 12.0)
    assert_close(y.grad, 1.0)
    assert_close(z.grad, 1.0)
    children[0].push()
    assert_close(x.grad, 13.0)
    assert_close(y.grad, 2.0)


@points(4)
def test_push_multiplies_by_the_upstream_gradient(solution, rng):
    """push multiplies each local derivative by the node's own grad, the upstream gradient."""
    x, y = solution.Value(3.0), solution.Value(-4.0)
    z = value(x + y)
    z.grad = 2.0
    z.push()
    assert_close(x.grad, 2.0)
    assert_close(y.grad, 2.0)
    given = "type(x)(0.5, (x, y), 'bend', (0.75, -2.0))"
    for text in ("x * y", given, "x ** 3 + y", "-x + y", "x - y", "x / y"):
        expression = solution.fn(f"lambda x, y: {text}")
        at = [random_number(rng), random_number(rng)]
        upstream = random_number(rng)
        with_one = solution.probe.received(expression, at)
        assert_numbers(with_one, 2)
        got = solution.probe.received(expression, at, upstream)
        assert_close(got, [upstream * grad for grad in with_one])


@points(2)
def test_push_is_one_step(solution, rng):
    """push changes the grad of the parents only: not of their parents, and not of the node."""
    a, b, c = solution.Value(2.0), solution.Value(3.0), solution.Value(5.0)
    product = value(a * b)
    total = value(product + c)
    upstream = random_number(rng)
    total.grad = upstream
    total.push()
    assert_close(product.grad, upstream)
    assert_close(c.grad, upstream)
    assert_close(a.grad, 0.0)
    assert_close(b.grad, 0.0)
    assert_close(total.grad, upstream)
    a.push()
    assert_close(a.grad, 0.0)


@points(2)
def test_pushes_the_slopes_it_was_given(solution, rng):
    """A node made by Value(data, parents, op, slopes) uses those slopes in push."""
    x, y = solution.Value(1.0), solution.Value(2.0)
    slopes = random_number(rng), random_number(rng)
    node = solution.Value(0.5, (x, y), "bend", slopes)
    assert_node(node, 0.5)
    assert_close(node.grad, 0.0)
    node.grad = 1.0
    node.push()
    assert_close(x.grad, slopes[0])
    assert_close(y.grad, slopes[1])


def test_makes_new_nodes(solution, rng):
    """Every result is a new Value, and the operands are not changed."""
    number = random_number(rng)
    x, zero, one = solution.Value(number), solution.Value(0.0), solution.Value(1.0)
    for got in (x + zero, x * one, x**1):
        assert_node(got, number)
        assert got is not x, "x + zero, x * one or x ** 1 is x itself, not a new Value"
    assert x + zero is not x + zero, "two additions gave the same Value"
    for operand, before in ((x, number), (zero, 0.0), (one, 1.0)):
        assert_close(operand.data, before)
        assert_close(operand.grad, 0.0)


def test_assigns_a_new_node_with_plus_equals(solution, rng):
    """x += y makes a new node, and so do -=, *= and /=; the old node of x is not changed."""
    for a, b in ((3.0, -4.0), (random_number(rng), random_number(rng))):
        x, y = solution.Value(a), solution.Value(b)
        results = {"+": x + y, "-": x - y, "*": x * y, "/": x / y}
        numbers = {"+": a + b, "-": a - b, "*": a * b, "/": a / b}
        for symbol, number in numbers.items():
            assert_node(results[symbol], number)
            assert_close(x.data, a)
            before, after, is_new = solution.probe.assigned(symbol, a, b)
            assert_close(after, number)
            assert_close(before, a)
            assert is_new is True, f"x {symbol}= y gave no new node"


@points(2)
def test_subtracts(solution, rng):
    """x - y holds the difference, with the local derivatives 1 and -1."""
    x, y = solution.Value(3.0), solution.Value(5.0)
    assert_node(x - y, -2.0)
    a, b = random_number(rng), random_number(rng)
    assert_node(solution.Value(a) - solution.Value(b), a - b)
    assert_derivatives(solution, "lambda x, y: x - y", [3.0, 5.0])
    for _ in range(3):
        at = [random_number(rng), random_number(rng)]
        assert_derivatives(solution, "lambda x, y: x - y", at)


@points(2)
def test_divides(solution, rng):
    """x / y holds the quotient, with the local derivatives 1/y and -x/y²."""
    x, y = solution.Value(6.0), solution.Value(-4.0)
    assert_node(x / y, -1.5)
    assert_derivatives(solution, "lambda x, y: x / y", [6.0, -4.0])
    for _ in range(3):
        at = [random_number(rng), random_number(rng, 1.2)]
        assert_derivatives(solution, "lambda x, y: x / y", at)


def test_changes_sign(solution, rng):
    """-x holds the number with the other sign, with the local derivative -1."""
    assert_node(-solution.Value(3.0), -3.0)
    number = random_number(rng)
    assert_node(-solution.Value(number), -number)
    assert_derivatives(solution, "lambda x: -x", [3.0])
    assert_derivatives(solution, "lambda x: -x", [random_number(rng)])


@points(2)
def test_raises_to_a_power(solution, rng):
    """x ** k holds the power for integers and fractions k; its local derivative is k x^(k-1)."""
    assert_node(solution.Value(2.0) ** 3, 8.0)
    assert_node(solution.Value(-2.0) ** 3, -8.0)
    assert_derivatives(solution, "lambda x: x ** 3", [2.0])
    for k in (3, 2, 1, -1, 0.5, -0.5, 2.7):
        x = round(float(rng.uniform(1.2, 3.0)), 4)
        assert_node(solution.Value(x) ** k, x**k)
        assert_derivatives(solution, f"lambda x: x ** {k}", [x])
    for k in (3, 2, -1):
        x = round(float(rng.uniform(-3.0, -1.2)), 4)
        assert_derivatives(solution, f"lambda x: x ** {k}", [x])


@points(2)
def test_takes_plain_numbers_on_the_right(solution, rng):
    """x + 2.0, x * 2.0, x - 2.0 and x / 2.0 work, and the gradient still reaches x."""
    number = random_number(rng)
    x = solution.Value(number)
    assert_node(x, number)
    assert_node(x + 2.0, number + 2.0)
    assert_node(x * 2.0, number * 2.0)
    assert_node(x - 2.0, number - 2.0)
    assert_node(x / 2.0, number / 2.0)
    for symbol in "+*-/":
        assert_takes_number(solution, f"x {symbol} 2.0", random_number(rng))


def test_adds_up_with_sum(solution, rng):
    """2 + x works, and so does sum([x, y]), which starts from the number 0."""
    a, b = random_number(rng), random_number(rng)
    x, y = solution.Value(a), solution.Value(b)
    assert_node(x, a)
    assert_node(2 + x, 2 + a)
    assert_node(sum([x, y]), a + b)
    assert_takes_number(solution, "2 + x", random_number(rng))


def test_multiplies_a_number_on_the_left(solution, rng):
    """2 * x works, with the local derivative 2."""
    number = random_number(rng)
    x = solution.Value(number)
    assert_node(x, number)
    assert_node(2 * x, 2 * number)
    assert_takes_number(solution, "2 * x", random_number(rng))


@points(2)
def test_subtracts_from_a_number(solution, rng):
    """2 - x is 2 minus x, with the local derivative -1."""
    number = random_number(rng)
    x = solution.Value(number)
    assert_node(x, number)
    assert_node(2 - x, 2 - number)
    assert_takes_number(solution, "2 - x", random_number(rng))


@points(2)
def test_divides_a_number(solution, rng):
    """2 / x is 2 divided by x, with the local derivative -2/x²."""
    x = solution.Value(4.0)
    assert_node(x, 4.0)
    assert_node(2 / x, 0.5)
    assert_takes_number(solution, "5 / x", 4.0)  # half of a slope is not 1/x²
    assert_takes_number(solution, "2 / x", random_number(rng))


def test_takes_numpy_numbers_on_either_side(solution, rng):
    """A numpy number works on either side, and the result is a Value with a float in it."""
    data = random_number(rng)
    x = solution.Value(data)
    assert_node(x, data)
    for number in (np.float64(2.5), np.float32(0.5), np.int64(2)):
        assert_equal(value(x * number).data, data * float(number))
        assert_equal(value(number * x).data, data * float(number))


def test_makes_a_new_node_with_plain_0_and_1(solution, rng):
    """x + 0, x - 0, x * 1, x / 1 and x ** 1 are new nodes too, not x itself."""
    number = random_number(rng)
    x = solution.Value(number)
    assert_node(x, number)
    results = {"x + 0": x + 0, "x - 0": x - 0, "x * 1": x * 1, "x / 1": x / 1, "x ** 1": x**1}
    results |= {"0 + x": 0 + x, "1 * x": 1 * x}
    for got in results.values():
        assert_node(got, number)
    same = [text for text, got in results.items() if got is x]
    assert same == []


def test_is_told_apart_by_identity(solution):
    """Two Values of equal data are two Values: not equal, and a set holds both."""
    a, b = solution.Value(1.0), solution.Value(1.0)
    assert_close(a.data, 1.0)
    assert solution.probe.count_different([a, b, a]) == 2
    assert solution.probe.are_equal(a, b) is False
    assert solution.probe.are_equal(a, a) is True


def test_shows_its_data(solution, rng):
    """repr of a Value is a text that holds its data."""
    number = int(rng.integers(100, 999)) + 0.25
    x = solution.Value(number)
    assert_node(x, number)
    text = solution.probe.text_of(x)
    assert type(text) is str, "repr gives no text"
    assert str(number) in text, f"the data {number} is not in {text!r:.200}"


@points(2)
def test_divides_by_very_large_and_very_small_numbers(solution, rng):
    """x / y has the right gradient where y is 1e-200 or 1e200, so that y² is not a float."""
    expression = solution.fn("lambda x, y: x / y")
    pairs = [(6.0, -4.0), (3e-150, 1e-150), (3e-200, 1e-200), (3e150, -1e150), (3e200, 1e200)]
    pairs = [(x * float(rng.uniform(0.5, 2.0)), y) for x, y in pairs]
    for x, y in [*pairs, (1e100, 1e200), (-1e-100, 1e-200)]:
        got = solution.probe.received(expression, [x, y], UPSTREAM)
        assert_close(got, [UPSTREAM / y, -UPSTREAM * (x / y) / y])


def test_zeroth_power_is_flat(solution, rng):
    """x ** 0 is 1 with the derivative 0, even at x = 0."""
    for x in (2.0, -1.5, 0.0):
        expression = solution.fn("lambda x: x ** 0")
        assert_close(solution.probe.received(expression, [x], UPSTREAM, BEFORE), [0.0])
        assert_node(solution.Value(x) ** 0, 1.0)
    upstream = random_number(rng)
    expression = solution.fn("lambda x: 3 * x + x ** 0")
    assert_close(solution.probe.received(expression, [2.0], upstream), [3 * upstream])


def test_has_the_derivative_of_a_power_at_zero(solution, rng):
    """At 0 the derivative of x ** 1 is 1, that of x ** 2 is 0, and that of x ** 0.5 is infinite."""
    for k, derivative in ((3, 0.0), (2, 0.0), (1, 1.0), (1.5, 0.0), (1.0, 1.0)):
        expression = solution.fn(f"lambda x: x ** {k}")
        upstream = random_number(rng)
        got = solution.probe.received(expression, [0.0], upstream, BEFORE)
        assert_close(got, [upstream * derivative])
    for k in (0.5, 0.25):
        expression = solution.fn(f"lambda x: x ** {k}")
        assert_close(solution.probe.received(expression, [1.0]), [k])
        try:
            got = solution.probe.received(expression, [0.0])
        except ZeroDivisionError:
            continue
        assert_close(got, [math.inf], finite=False)


def test_takes_plain_exponents_only(solution):
    """x ** k raises an exception if k is a Value, or if the power is not a real number."""
    x = solution.Value(-8.0)
    assert_node(x**2, 64.0)
    with raises(Exception):
        _ = x ** solution.Value(2.0)
    with raises(Exception):
        _ = x**0.5


def test_refuses_to_divide_by_zero(solution):
    """Division by zero raises ZeroDivisionError, and so does 0 ** -1."""
    x, zero = solution.Value(2.0), solution.Value(0.0)
    assert_node(x / x, 1.0)
    with raises(ZeroDivisionError):
        _ = x / zero
    with raises(ZeroDivisionError):
        _ = x / 0.0
    with raises(ZeroDivisionError):
        _ = 2 / zero
    with raises(ZeroDivisionError):
        _ = zero**-1


def test_says_when_a_slope_is_missing(solution):
    """push raises an exception if the node has fewer slopes than parents."""
    x, y = solution.Value(1.0), solution.Value(2.0)
    assert_node(x, 1.0)
    whole = value(solution.Value(3.0, (x, y), "whole", (1.0, 0.25)))
    whole.grad = 1.0
    whole.push()
    assert_close([x.grad, y.grad], [1.0, 0.25])
    half_made = value(solution.Value(3.0, (x, y), "half made", (1.0,)))
    with raises(Exception):
        half_made.push()


@slow
@points(2)
def test_is_flat_over_itself(solution, rng):
    """x - x and x / x do not change with x: the gradients of both uses cancel."""
    x, upstream = random_number(rng), random_number(rng)
    got = solution.probe.received(solution.fn("lambda x: x * x"), [x], upstream)
    assert_close(got, [2 * x * upstream])
    minus, over = solution.fn("lambda x: x - x"), solution.fn("lambda x: x / x")
    for n in rng.integers(1, 200, size=30):
        assert_close(solution.probe.received(minus, [float(n)]), [0.0])
        assert_close(solution.probe.received(over, [float(n)]), [0.0], atol=1e-12)


@slow
@points(6)
def test_gets_whole_expressions_right(solution, rng):
    """In 80 random expressions, pushing from the root to the leaves gives the right gradients."""
    for _ in range(80):
        at = [random_number(rng) for _ in range(3)]
        text = random_expression(rng, dict(zip("xyz", at, strict=True)))
        expression = solution.fn(f"lambda x, y, z: {text}")
        upstream = random_number(rng)
        got = solution.probe.received(expression, at, upstream)
        expected = [upstream * each for each in exact_derivatives(expression, at)]
        assert_close(got, expected, rtol=1e-9, atol=1e-9)


def random_expression(rng, leaves):
    """Write an expression of x, y and z that stays away from zeros, roots and large numbers."""
    while True:
        text, number = _random_part(rng, leaves, 3)
        if all(name in text for name in leaves) and abs(number) < 30.0:
            return text


def pick(rng, things):
    """Return one of a few things; `rng.choice` takes ten times as long."""
    return things[rng.integers(len(things))]


def _random_part(rng, leaves, depth):
    if depth == 0:
        if rng.random() < 0.75:
            name = pick(rng, list(leaves))
            return name, leaves[name]
        number = pick(rng, [-2.0, 0.5, 1.5, 3.0])
        return f"({number})", number
    left, a = _random_part(rng, leaves, depth - 1)
    kind = pick(rng, OPERATIONS)
    if kind == "neg":
        return f"(-{left})", -a
    if kind == "**":
        kinds = (
            [2, 3]
            + ([0] if a else [])
            + ([-1, -2] if abs(a) > 0.3 else [])
            + ([0.5] if a > 0.3 else [])
        )
        k = pick(rng, kinds)
        if abs(a) < 5.0:
            return f"({left} ** {k})", a**k
        kind = "+"
    right, b = _random_part(rng, leaves, depth - 1)
    if (kind == "/" and abs(b) < 0.3) or (kind == "*" and abs(a * b) > 100.0):
        kind = "-"
    result = {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else 0.0}[kind]
    return f"({left} {kind} {right})", result


def exact_derivatives(expression, at):
    """Return the partial derivatives by a step so small that nothing is subtracted.

    For an analytic f, f(x + ih) = f(x) + ih f'(x) + …, so the imaginary part divided by h is the
    derivative, without the rounding error of a difference.
    """
    step = 1e-30
    return [
        expression(*(complex(x, step if i == j else 0.0) for j, x in enumerate(at))).imag / step
        for i in range(len(at))
    ]
