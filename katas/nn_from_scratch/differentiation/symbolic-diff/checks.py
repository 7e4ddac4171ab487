"""Hidden checks of the kata symbolic-diff."""

import math
from types import SimpleNamespace

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    central_difference,
    points,
    raises,
)

BINARY = ("+", "-", "*", "/", "**")
FUNCTIONS = {"exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos}


def apply(name, a, b=None):
    """Return the result of an operation on numbers."""
    if name in FUNCTIONS:
        return FUNCTIONS[name](a)
    if name == "+":
        return a + b
    if name == "-":
        return a - b
    if name == "*":
        return a * b
    return a / b if name == "/" else a**b


def value_of(expr, env):
    """Return the value of an expression of this check."""
    if type(expr) is tuple:
        return apply(expr[0], *(value_of(operand, env) for operand in expr[1:]))
    return env[expr] if type(expr) is str else float(expr)


NAMES = (
    "age cost depth force height input length mass output price rate score size speed time "
    "volume weight width"
).split()


def draw_names(rng):
    """Draw names for the variables x and y of an expression."""
    return dict(zip("xy", rng.choice(NAMES, 2, replace=False).tolist(), strict=True))


def rename(expr, names):
    """Return an expression with other names for its variables."""
    if type(expr) is tuple:
        return (expr[0], *(rename(operand, names) for operand in expr[1:]))
    return names.get(expr, expr)


def assert_values(got, cases, rtol=1e-9):
    """Compare what a probe calculated with the value of each (env, value) pair.

    A value may be a function of the env. In place of a number, a probe returns words on why there
    is none.
    """
    for words in got if type(got) is list else []:
        if type(words) is str:
            raise CheckFailed(f"the expression has no value: {words}", rung="finite")
    expected = []
    for env, value in cases:
        expected.append(float(value(SimpleNamespace(**env)) if callable(value) else value))
    assert_close(got, expected, rtol=rtol, atol=1e-10)


def renamed(envs, names):
    """Return the envs with other names for the variables."""
    return [{names.get(name, name): number for name, number in env.items()} for env in envs]


def assert_slope(solution, rng, expr, slope, envs, var="x"):
    """Compare the derivative of an expression with a number, or a function of its variables.

    Its variables get drawn names.
    """
    names = draw_names(rng)
    got = solution.probe.slopes(rename(expr, names), names.get(var, var), renamed(envs, names))
    assert_values(got, [(env, slope) for env in envs])


def places(rng, count=3, low=0.5, high=2.0):
    """Draw values for x and y, positive."""
    return [dict(zip("xy", rng.uniform(low, high, 2).tolist(), strict=True)) for _ in range(count)]


def signed(rng, count=3):
    """Draw values for x and y of either sign."""
    signs = rng.choice([-1.0, 1.0], (count, 2))
    return [
        {"x": env["x"] * s, "y": env["y"] * t}
        for env, (s, t) in zip(places(rng, count), signs.tolist(), strict=True)
    ]


def number(rng):
    """Draw a number between 2 and 3 with three digits."""
    return round(float(rng.uniform(2.0, 3.0)), 3)


def count(expr):
    """Return the size of an expression of this check."""
    return 1 + sum(map(count, expr[1:])) if type(expr) is tuple else 1


def draw_expression(rng, depth):
    """Draw an expression in x and y that has a value for all positive x and y."""
    if depth == 0:
        return ["x", "y", "x", number(rng)][rng.integers(4)]
    all_forms = forms(rng, draw_expression(rng, depth - 1), draw_expression(rng, depth - 1))
    return all_forms[rng.integers(len(all_forms))]


def forms(rng, a, b):
    """Return operations of every kind on two expressions, which have a value if a and b have."""
    positive = ("+", 2, ("*", b, b))
    return [
        ("+", a, b), ("-", a, b), ("*", a, b), ("/", a, positive), ("**", positive, number(rng)),
        ("**", positive, ("sin", a)), ("exp", ("cos", a)), ("log", positive), ("sin", a),
        ("cos", b),
    ]  # fmt: skip


def test_derivatives_on_paper(solution, rng):
    """The derivative of x² / (x + 1) is 0.9375 at 3, and that of x · x is 6."""
    expr = ("/", ("**", "x", 2), ("+", "x", 1))
    for f, slope in (
        (("*", "x", "x"), lambda v: 2 * v.x),
        (expr, lambda v: (v.x**2 + 2 * v.x) / (v.x + 1) ** 2),
    ):
        envs = [{"x": 3.0}, *places(rng)]
        assert_values(solution.probe.slopes(f, "x", envs), [(env, slope) for env in envs])


@points(2)
def test_evaluates(solution, rng):
    """evaluate returns the value of an expression, a float, for the values of its variables."""
    cases = [
        (("*", ("**", "x", 2), ("sin", "y")), {"x": 3.0, "y": 1.0}),
        (("-", "x", ("/", "y", 4)), {"x": 3, "y": 1, "z": 7.0}),
        (5, {}),
        ("x", {"x": 2}),
    ]
    cases += [((name, "y"), places(rng, 1)[0]) for name in FUNCTIONS]
    cases += [(draw_expression(rng, depth), places(rng, 1)[0]) for depth in (1, 1, 2, 2, 3)]
    for expr, env in cases:
        got = solution.evaluate(expr, env)
        assert_close(got, value_of(expr, env), rtol=1e-12, atol=1e-15)
        assert isinstance(got, float), "a float was expected"


def test_evaluate_raises(solution, rng):
    """A missing variable raises a KeyError, and what has no value an error, as in Python."""
    x = float(rng.uniform(1.0, 2.0))
    assert_close(solution.evaluate(("/", 1, ("log", ("+", "x", 1))), {"x": x}), 1 / math.log(x + 1))
    with raises(KeyError):
        solution.evaluate(("+", "x", "y"), {"x": x})
    with raises(ZeroDivisionError):
        solution.evaluate(("/", 1, ("-", "x", "x")), {"x": x})
    with raises(ValueError):
        solution.evaluate(("log", ("-", 0, "x")), {"x": x})


def test_refuses_other_operations(solution, rng):
    """A tuple with an unknown operation, or too many or too few operands, raises a ValueError."""
    env = places(rng, 1)[0]
    good = ("+", "x", ("sin", "y"))
    assert_close(solution.evaluate(good, env), value_of(good, env))
    for bad in (("?", "x", "y"), ("tan", "x"), ("+", "x"), ("sin", "x", "y"), ("*", "x", "y", 2)):
        for expr in (bad, ("*", 2, bad)) if bad[0] == "?" else (bad,):
            with raises(ValueError):
                solution.evaluate(expr, env)
            with raises(ValueError):
                solution.diff(expr, "x")
            with raises(ValueError):
                solution.simplify(expr)


def test_size(solution, rng):
    """size counts numbers, names and operations, and counts twice what occurs twice."""
    cases = [("*", ("**", "x", 2), ("sin", "y")), "x", 7, ("+", "x", "x"), ("exp", ("exp", "x"))]
    cases += [draw_expression(rng, depth) for depth in (1, 2, 3, 3)]
    for expr in cases:
        assert_equal(solution.size(expr), count(expr))
    for rounds in (1, 2, 5):
        assert_equal(solution.probe.shared_size(number(rng), rounds), 6 * 2**rounds - 5)


@points(2)
def test_variables_and_numbers(solution, rng):
    """The variable itself has the derivative 1; numbers and other variables have 0."""
    cases = [("x", 1.0), ("y", 0.0), (number(rng), 0.0), (1, 0.0), ("x", 1.0)]
    for expr, slope in [cases[i] for i in rng.permutation(len(cases))]:
        assert_slope(solution, rng, expr, slope, signed(rng))
    cases = [("y", 1.0), ("x", 0.0), ("y", 1.0)]
    for expr, slope in [cases[i] for i in rng.permutation(len(cases))]:
        assert_slope(solution, rng, expr, slope, signed(rng), var="y")


@points(2)
def test_sums_and_differences(solution, rng):
    """The derivative of a sum is the sum of the derivatives, and so for a difference."""
    for _ in range(3):
        ups, downs = (int(n) for n in rng.integers(0, 5, 2))
        expr = ("+", "x", number(rng))
        for name in rng.permutation(["+"] * ups + ["-"] * downs).tolist():
            expr = (name, expr, ("-", "x", "y"))
        assert_slope(solution, rng, expr, float(1 + ups - downs), signed(rng))
        assert_slope(solution, rng, ("-", "y", expr), float(downs - ups - 1), signed(rng))


@points(9)
def test_products(solution, rng):
    """The derivative of a · b has two parts, one for each factor: a' b + a b'."""
    k = number(rng)
    for expr, slope in (
        (("*", k, "x"), k),
        (("*", "x", "y"), lambda v: v.y),
        (("*", ("+", "x", k), ("-", "y", "x")), lambda v: v.y - v.x - (v.x + k)),
        (("*", "x", ("*", "x", "x")), lambda v: 3 * v.x * v.x),
    ):
        assert_slope(solution, rng, expr, slope, signed(rng))


@points(3)
def test_quotients(solution, rng):
    """The derivative of a / b is (a' b - a b') / b²: for 1 / x at 2 it is -0.25."""
    k = number(rng)
    for expr, slope in (
        (("/", 1, "x"), lambda v: -1 / v.x**2),
        (("/", "x", k), 1 / k),
        (("/", "y", ("+", "x", 4)), lambda v: -v.y / (v.x + 4) ** 2),
        (("/", ("+", "x", "x"), ("-", "x", 5)), lambda v: -10 / (v.x - 5) ** 2),
    ):
        assert_slope(solution, rng, expr, slope, [{"x": 2.0, "y": 3.0}, *signed(rng)])


@points(3)
def test_powers_with_a_number(solution, rng):
    """For a number k, a ** k has the derivative k a^(k-1) a', also for a negative a."""
    for k in (2, -1, 3):
        envs = [{"x": -2.0, "y": 1.0}, *signed(rng)]
        assert_slope(solution, rng, ("**", "x", k), lambda v, k=k: k * v.x ** (k - 1), envs)
        inner = ("**", ("-", "y", ("*", 3, "x")), k)
        slope = lambda v, k=k: -3 * k * (v.y - 3 * v.x) ** (k - 1)  # noqa: E731
        assert_slope(solution, rng, inner, slope, [{"x": 2.0, "y": 1.0}, *places(rng, 2, 2.0, 4.0)])
    k = number(rng)
    assert_slope(solution, rng, ("**", "x", k), lambda v: k * v.x ** (k - 1), places(rng))


def test_powers_of_zero(solution, rng):
    """x ** 0 has the derivative 0 everywhere, also at 0, and x ** 1 and x ** 2 are right there."""
    cases = [(2, 0.0), (1, 1.0), (0, 0.0), (0.0, 0.0)]
    for k, slope in [cases[i] for i in rng.permutation(4)]:
        zero = {"x": 0.0, "y": 1.0}
        assert_slope(solution, rng, ("**", "x", k), slope, [zero])
    assert_slope(solution, rng, ("**", "x", 0), 0.0, signed(rng))


@points(3)
def test_powers_with_other_exponents(solution, rng):
    """a ** b with an expression b has the derivative a^b (b' log a + b a' / a)."""
    for expr, slope in (
        (("**", 2, "x"), lambda v: 2**v.x * math.log(2)),
        (("**", "x", "x"), lambda v: v.x**v.x * (math.log(v.x) + 1)),
        (("**", "x", "y"), lambda v: v.y * v.x ** (v.y - 1)),
        (
            ("**", ("*", 2, "x"), ("*", "x", "y")),
            lambda v: (2 * v.x) ** (v.x * v.y) * (v.y * math.log(2 * v.x) + v.y),
        ),
    ):
        assert_slope(solution, rng, expr, slope, [{"x": 2.0, "y": 3.0}, *places(rng)])


@points(3)
def test_functions(solution, rng):
    """exp, log, sin and cos have the derivatives exp, 1 / a, cos and -sin, times that of a."""
    k = number(rng)
    inner = ("+", ("*", k, ("*", "x", "x")), "y")
    for expr, value, slope in (
        ("x", lambda v: v.x, lambda _: 1.0),
        (inner, lambda v: k * v.x**2 + v.y, lambda v: 2 * k * v.x),
    ):
        for name, rule in (
            ("exp", math.exp),
            ("log", lambda a: 1 / a),
            ("sin", math.cos),
            ("cos", lambda a: -math.sin(a)),
        ):
            assert_slope(
                solution,
                rng,
                (name, expr),
                lambda v, value=value, slope=slope, rule=rule: rule(value(v)) * slope(v),
                [{"x": 1.0, "y": 0.5}, *places(rng, 2, 0.5, 1.5)],
            )


@points(3)
def test_derivatives_match_measured_slopes(solution, rng):
    """For expressions of every kind, the derivative is the slope between x - h and x + h."""
    a, b = ("*", number(rng), "x"), ("+", "x", "y")
    for form in forms(rng, a, b):
        expr, env = ("+", form, ("*", number(rng), "x")), places(rng, 1)[0]
        measured = central_difference(
            lambda x, expr=expr, env=env: value_of(expr, {**env, "x": float(x)}), env["x"]
        )
        names = draw_names(rng)
        got = solution.probe.slopes(rename(expr, names), names["x"], renamed([env], names))
        assert_close(got, [float(measured)], rtol=1e-5, atol=1e-6)


def test_second_derivatives(solution, rng):
    """A derivative is an expression, so it has a derivative again."""
    x3 = ("*", "x", ("*", "x", "x"))
    for expr, other, slope in (
        (("**", "x", 3), "x", lambda v: 6 * v.x),
        (("*", x3, "y"), "y", lambda v: 3 * v.x * v.x),
        (("sin", ("*", "x", "y")), "x", lambda v: -v.y * v.y * math.sin(v.x * v.y)),
        (("/", "y", "x"), "x", lambda v: 2 * v.y / v.x**3),
    ):
        names = draw_names(rng)
        envs = places(rng)
        got = solution.probe.second_slopes(
            rename(expr, names), names["x"], names[other], renamed(envs, names)
        )
        assert_values(got, [(env, slope) for env in envs])


def assert_simple(got, expected):
    """Compare a simplified expression with a number or a name."""
    if type(expected) is str:
        assert_equal(got, expected)
    else:
        assert_close(got, expected, rtol=1e-12)


@points(2)
def test_simplify_drops_zeros_and_ones(solution, rng):
    """a + 0, a · 1, a ** 1 and so on become a; a · 0 becomes 0, and a ** 0 becomes 1."""
    for name, zero, one in zip(draw_names(rng).values(), (0, 0.0), (1, 1.0), strict=True):
        cases = [
            (("+", name, zero), name), (("+", zero, name), name), (("-", name, zero), name),
            (("*", name, one), name), (("*", one, name), name), (("/", name, one), name),
            (("**", name, one), name), (("*", zero, name), 0), (("*", name, zero), 0),
            (("/", zero, name), 0), (("**", name, zero), 1), (name, name),
        ]  # fmt: skip
        for expr, expected in cases if type(zero) is int else [*cases[1::3], cases[3], cases[9]]:
            assert_simple(solution.simplify(expr), expected)


def test_simplify_keeps_differences_and_quotients(solution, rng):
    """0 - a, 1 / a, k ** a and a / k are not a: simplify keeps their values."""
    k = number(rng)
    for expr in (("-", 0, "x"), ("/", 1, "x"), ("**", k, "x"), ("-", 1, "x"), ("/", "x", k)):
        names = draw_names(rng)
        envs = places(rng)
        got = solution.probe.simplified(rename(expr, names), renamed(envs, names))
        assert_values(pair(got)[0], [(env, value_of(expr, env)) for env in envs])


@points(2)
def test_simplify_computes_numbers(solution, rng):
    """An operation on numbers alone becomes a number: 2 · 3 becomes 6, and sin(0) becomes 0."""
    a, b = number(rng), number(rng)
    cases = [(("*", 2, 3), 6), (("sin", 0), 0), (("**", 2, -1), 0.5), (("/", 7, 2), 3.5)]
    cases += [((name, a, b), apply(name, a, b)) for name in BINARY]
    cases += [((name, a), apply(name, a)) for name in FUNCTIONS]
    cases += [(a, a), (("exp", ("-", a, ("*", 2, b))), math.exp(a - 2 * b))]
    for expr, expected in cases:
        assert_simple(solution.simplify(expr), expected)


@points(2)
def test_simplify_works_inside(solution, rng):
    """Rules apply inside too, and to what other rules leave: 0 · y + 1 · x becomes x."""
    for _ in range(2):
        a, b = draw_names(rng).values()
        for expr, expected in (
            (("+", ("*", 0, b), ("*", 1, a)), a),
            (("*", ("-", 2, 2), ("exp", b)), 0),
            (("**", ("*", a, ("cos", 0)), ("-", 3, 2)), a),
            (("/", ("+", 0, ("*", ("+", 0, 0), b)), ("+", a, b)), 0),
            (("-", ("*", ("*", 1, a), ("**", b, 0)), ("sin", ("*", 0, b))), a),
        ):
            assert_simple(solution.simplify(expr), expected)


def pair(report):
    """Return the two results of a probe."""
    if type(report) is not list or len(report) != 2:
        raise CheckFailed("an expression and its size were expected", rung="type")
    return report


def test_simplify_keeps_what_has_no_number(solution, rng):
    """1 / 0, log(-1), the root of -1 and e ** 1000 stay as they are, also inside."""
    k = number(rng)
    assert_simple(solution.simplify(("*", 2, k)), 2 * k)
    for expr in (("/", k, 0), ("log", -k), ("**", -k, 0.5), ("exp", 1000 * k), ("**", 0, -k)):
        got = solution.simplify(expr)
        assert type(got) is tuple, f"got {got!r}, and {expr!r} has no number"
        assert got == expr
        values, size = pair(solution.probe.simplified(("+", "x", expr), [{"x": k}]))
        assert_equal(size, 3 + (len(expr) == 3) + 1)
        assert type(values) is list, "an expression was expected"
        assert type(values[0]) is str, "a value appeared where there is none"


def test_simplify_invents_no_value(solution, rng):
    """0 / 0 stays 0 / 0, also where it appears only after other parts are simplified."""
    k, (a, b) = number(rng), draw_names(rng).values()
    cases = [
        (("/", 0, k), 0),
        (("/", ("*", 0, a), a), 0),
        (("/", 0, 0), None),
        (("/", ("*", 0, a), ("-", k, k)), None),
        (("/", ("-", k, k), ("*", b, 0)), None),
        (("+", b, ("/", ("-", k, k), ("*", b, 0))), None),
    ]
    for index in [0, 3, *rng.permutation(len(cases)).tolist()]:
        expr, expected = cases[index]
        got = solution.simplify(expr)
        if expected is None:
            last = got[2] if type(got) is tuple and len(got) == 3 and got[0] == "+" else got
            if repr(last) not in (
                "('/', 0, 0)",
                "('/', 0.0, 0.0)",
                "('/', 0, 0.0)",
                "('/', 0.0, 0)",
            ):
                raise CheckFailed("0 / 0 has no value", got=repr(got), expected="('/', 0, 0)")
        else:
            assert_simple(got, expected)


def test_simplify_changes_no_value(solution, rng):
    """A simplified expression has the same values, and is not larger."""
    k, m = number(rng), number(rng)
    cases = [("-", k, ("-", m, "x")), ("/", k, ("/", m, "y")), ("-", ("-", "x", k), m)]
    cases += [draw_expression(rng, depth) for depth in (1, 2, 3)]
    for expr in cases:
        envs = places(rng)
        values, size = pair(solution.probe.simplified(expr, envs))
        assert_values(values, [(env, value_of(expr, env)) for env in envs])
        before = count(expr)
        assert size <= before, f"it has {size} parts, and had {before}"


@points(2)
def test_derivatives_become_smaller(solution, rng):
    """simplify makes the derivative of l ← 4 l (1 − l) smaller: 11 parts in place of 19."""
    k = number(rng)
    expr, slope = "x", 1
    for limit in (11, 47, 143, 383):
        # The derivative as the rules give it, so that it does not depend on diff.
        left, right = ("*", k, expr), ("-", 1, expr)
        slope = (
            "+",
            ("*", ("+", ("*", 0, expr), ("*", k, slope)), right),
            ("*", left, ("-", 0, slope)),
        )
        expr = ("*", left, right)
        envs = places(rng, 2, 0.1, 0.9)
        values, size = pair(solution.probe.simplified(slope, envs))
        assert_values(values, [(env, value_of(slope, env)) for env in envs], rtol=1e-8)
        assert size <= limit, f"it still has {size} parts; {limit} were expected at most"


@points(4)
def test_visits_shared_parts_once(solution, rng):
    """A tuple that occurs many times is visited once: 40 rounds of l ← k l (1 − l) take no time."""
    k, x = float(rng.uniform(2.6, 2.95)), float(rng.uniform(0.2, 0.4))
    for rounds in (10, 40):
        value, slope = x, 1.0
        for _ in range(rounds):
            value, slope = k * value * (1 - value), k * slope * (1 - 2 * value)
        limit = 40 * rounds + 40
        for name, probe, expected in (
            ("diff made", solution.probe.shared_slope, slope),
            ("simplify made", solution.probe.shared_simplified, value),
            ("x was looked up", solution.probe.shared_value, value),
        ):
            got, visits = pair(probe(k, rounds, x, limit))
            assert_close(got, expected, rtol=1e-8)
            thing = "times" if name.startswith("x") else "tuples"
            assert visits <= limit, f"{name} more than {limit} {thing} for {rounds} rounds"
        assert_equal(solution.probe.shared_size(k, rounds), 6 * 2**rounds - 5)
