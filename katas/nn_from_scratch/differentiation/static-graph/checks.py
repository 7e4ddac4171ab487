"""Hidden checks of the kata static-graph."""

import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_gradient,
    assert_object,
    points,
    raises,
)

GRAPHS = {
    "lambda c, x, y: x * y + x / y": (
        lambda x, y: x * y + x / y,
        lambda x, y: (y + 1 / y, x - x / y**2),
    ),
    "lambda c, x, y: (x - y) * (x - y) - 3": (
        lambda x, y: (x - y) ** 2 - 3,
        lambda x, y: (2 * (x - y), -2 * (x - y)),
    ),
    "lambda c, x, y: -(2 - x) * y ** 3": (
        lambda x, y: (x - 2) * y**3,
        lambda x, y: (y**3, 3 * (x - 2) * y * y),
    ),
    "lambda c, x, y: (x * y).tanh() + 1 / x": (
        lambda x, y: math.tanh(x * y) + 1 / x,
        lambda x, y: (
            y * (1 - math.tanh(x * y) ** 2) - 1 / x**2,
            x * (1 - math.tanh(x * y) ** 2),
        ),
    ),
}
"""Graphs of two placeholders, their values and their derivatives."""


def draw(rng, count=2):
    """Draw floats between 0.5 and 2, of either sign."""
    return (rng.uniform(0.5, 2.0, count) * rng.choice([-1, 1], count)).tolist()


def make(solution, text, names=("x", "y")):
    """Return the learner's program of a function of placeholders."""
    return assert_object(solution.probe.program(solution.fn(text), list(names)), "Program")


def feeds_of(numbers, names=("x", "y")):
    """Return a number per name."""
    return dict(zip(names, numbers, strict=True))


def assert_runs(solution, program, expected, rng, times=2):
    """Compare a program of x and y with a function, for several numbers."""
    places = [draw(rng) for _ in range(times)]
    got = solution.probe.runs(program, [feeds_of(numbers) for numbers in places])
    wanted = [float(expected(*numbers)) for numbers in places]
    assert_close(got, wanted, rtol=1e-12, atol=1e-14)


def test_on_paper(solution, rng):
    """The example of the lesson: z = (x + y) · (x + y) + 6 at 1 and 2 is 15, with 6 and 6."""
    program = make(solution, "lambda c, x, y: (x + y) * (x + y) + c(2) * c(3)")
    for x, y in ((1.0, 2.0), draw(rng)):
        assert_close(program.run({"x": x, "y": y}), (x + y) ** 2 + 6)
        slope = 2 * (x + y)
        assert_close(program.grad({"x": x, "y": y}, ["x", "y"])["y"], slope)


@points(4)
def test_runs_many_times(solution, rng):
    """A program gives the result for the numbers of this run, whatever was computed before."""
    for text, (value, _) in GRAPHS.items():
        assert_runs(solution, make(solution, text), value, rng)


@points(2)
def test_numbers_on_either_side(solution, rng):
    """Operators take numbers on the right and on the left, in the order that is written."""
    for symbol in "+-*/":
        a, b = (round(v, 3) for v in draw(rng))
        f = {
            "+": lambda x, c: x + c, "-": lambda x, c: x - c,
            "*": lambda x, c: x * c, "/": lambda x, c: x / c,
        }[symbol]  # fmt: skip
        right = make(solution, f"lambda c, x: x {symbol} ({a})", ["x"])
        left = make(solution, f"lambda c, x: ({b}) {symbol} x", ["x"])
        for number in draw(rng, 1):
            assert_close(right.run({"x": number}), f(number, a), rtol=1e-12)
            assert_close(left.run({"x": number}), f(b, number), rtol=1e-12)


@points(2)
def test_returns_floats(solution, rng):
    """run returns a float, also for integers, and for graphs of one node."""
    k = int(rng.integers(2, 9))
    for text, expected in (
        ("lambda c, x: x * x", k * k),
        ("lambda c, x: x", k),
        ("lambda c, x: c(3)", 3),
    ):
        program = make(solution, text, ["x"])
        for number, result in ((k, expected), (k + 0.0, expected)):
            got = program.run({"x": number})
            assert_close(got, float(result))
            assert isinstance(got, float), "a float was expected"


def test_feeds(solution, rng):
    """A placeholder that is missing in feeds raises a KeyError; other names do not matter."""
    program = make(solution, "lambda c, x, y: x * y - x")
    x, y, z = draw(rng, 3)
    assert_close(program.run({"x": x, "z": z, "y": y}), x * y - x)
    for feeds in ({"x": x}, {"y": y, "z": z}, {}):
        with raises(KeyError):
            program.run(feeds)
        with raises(KeyError):
            program.grad(feeds, ["x"])


@points(2)
def test_building_computes_nothing(solution, rng):
    """1 / (c - c) can be built and compiled, and raises a ZeroDivisionError only when it runs."""
    k = round(draw(rng)[0], 3)
    for text, operations in (
        (f"lambda c, x, y: x * (c({k}) * c(2))", 2),
        (f"lambda c, x, y: x + 1 / (c({k}) - c({k}))", 3),
        (f"lambda c, x, y: c({k}) / c(0) - y", 2),
    ):
        program = make(solution, text)
        assert_equal(program.n_ops, operations)
        feeds = feeds_of(draw(rng))
        if "*" in text:
            assert_close(program.run(feeds), feeds["x"] * (k * 2), rtol=1e-12)
            continue
        with raises(ZeroDivisionError):
            program.run(feeds)


@points(2)
def test_nodes_are_not_true_or_false(solution, rng):
    """An `if` on a node, `and`, and a comparison raise a TypeError: there is no number yet."""
    assert_runs(solution, make(solution, "lambda c, x, y: x if c else y"), lambda x, _: x, rng)
    for text in (
        "lambda c, x, y: x if x else y",
        "lambda c, x, y: x * y if x - y else y",
        "lambda c, x, y: x and y",
        "lambda c, x, y: not x",
        "lambda c, x, y: x if x > 0 else -x",
    ):
        with raises(TypeError):
            solution.probe.program(solution.fn(text), ["x", "y"])


def test_makes_a_node_for_every_operation(solution, rng):
    """x + 0, x - 0, x * 1, x / 1 and x ** 1 are operations too: nothing is left out."""
    for text, operations in (
        ("x + 0", 1), ("0 + x", 1), ("x - 0", 1), ("x * 1", 1), ("1 * x", 1), ("x / 1", 1),
        ("x ** 1", 1), ("-(-x)", 2), ("x + c(0)", 1), ("c(0) + x", 1), ("x - c(0)", 1),
        ("x * c(1)", 1), ("c(1) * x", 1), ("x / c(1)", 1),
    ):  # fmt: skip
        program = make(solution, f"lambda c, x: {text}", ["x"])
        number = round(draw(rng, 1)[0], 2)
        assert_close(program.run({"x": number}), number)
        assert_equal(program.n_ops, operations)


def test_counts_operations(solution, rng):
    """n_ops counts each operation that is needed once, without placeholders and constants."""
    cases = [
        ("lambda c, x, y: x", 0),
        ("lambda c, x, y: c(2)", 0),
        ("lambda c, x, y: x * 2 + y", 2),
        ("lambda c, x, y: (lambda s: s * s + s)(x + y)", 3),
        ("lambda c, x, y: [x * y, x - y, -x][1]", 1),
        ("lambda c, x, y: -(x.tanh() ** 3)", 3),
    ]
    more = int(rng.integers(2, 9))
    cases.append((f"lambda c, x, y: sum([x * k for k in range({more})], y)", 2 * more))
    cases = [cases[i] for i in rng.permutation(len(cases))]
    functions = [solution.fn(text) for text, _ in cases]
    got = solution.probe.operations(functions, ["x", "y"])
    assert_equal(got, [expected for _, expected in cases])


@points(5)
def test_gradients(solution, rng):
    """grad gives the derivatives with respect to wrt, over all paths through the graph."""
    for text, (_, slopes) in GRAPHS.items():
        assert_grads(solution, make(solution, text), slopes, [draw(rng) for _ in range(2)])


def assert_grads(solution, program, slopes, places):
    """Compare the gradients of a program by x and y with those of a function, at some places."""
    got = solution.probe.grads(program, [feeds_of(numbers) for numbers in places], ["y", "x"])
    expected = [list(slopes(*numbers))[::-1] for numbers in places]
    assert_close(got, expected, rtol=1e-11, atol=1e-12)


def got_of(gradients, name):
    """Return an entry of a dictionary, or None."""
    return gradients.get(name) if type(gradients) is dict else None


@points(2)
def test_gradients_by_other_names(solution, rng):
    """grad has one entry per name in wrt: 0.0 for a name that the graph does not contain."""
    program = make(solution, "lambda c, x, y: x * x * x")
    for _ in range(2):
        x, y = draw(rng)
        expected = {"x": 3 * x * x, "y": 0.0, "other": 0.0}
        for names in (["x"], ["y", "x"], ["other", "x", "y"], []):
            got = program.grad({"x": x, "y": y}, names)
            assert type(got) is dict, "a dictionary was expected"
            assert_equal(sorted(got), sorted(names))
            assert_close([got[n] for n in names], [expected[n] for n in names], rtol=1e-11)


@points(2)
def test_each_gradient_starts_from_zero(solution, rng):
    """grad gives the same when it is called again, and another run between changes nothing."""
    program = make(solution, "lambda c, x, y: x * y + x")
    for _ in range(2):
        x, y = draw(rng)
        for _ in range(2):
            got = program.grad({"x": x, "y": y}, ["x", "y"])
            assert_close([got_of(got, "x"), got_of(got, "y")], [y + 1, x], rtol=1e-12)
            a, b = draw(rng)
            assert_close(program.run({"x": a, "y": b}), a * b + a, rtol=1e-12)


@points(2)
def test_gradients_like_those_of_value(solution, rng):
    """The gradient is the one that your Value computes, and the one that is measured."""
    for text in (
        "lambda c, x, y: (x * y - 2) / (x * x + 1)",
        "lambda c, x, y: (x - y * 0.5).tanh() * y",
    ):
        program = make(solution, text)
        x, y = draw(rng)
        dx, dy = solution.probe.gradients_of_values(solution.fn(text), [x, y])
        got = program.grad({"x": x, "y": y}, ["x", "y"])
        assert_close([got_of(got, "x"), got_of(got, "y")], [dx, dy], rtol=1e-11, atol=1e-12)
        plain = {
            "(": lambda v, y=y: (v * y - 2) / (v * v + 1),
            "t": lambda v, y=y: math.tanh(v - y * 0.5) * y,
        }["t" if "tanh" in text else "("]
        assert_gradient(got_of(got, "x"), lambda v, plain=plain: plain(float(v)), x)


def test_powers(solution, rng):
    """x ** k has the value and the derivative of the power rule, and 0 for k = 0, also at 0."""
    for k in (2, -1, 0, 0.5):
        x = abs(draw(rng)[0])
        program = make(solution, f"lambda c, x: x ** {k}", ["x"])
        places = [x, 0.0] if k in (0, 2) else [x]
        feeds = [{"x": number} for number in places]
        got = solution.probe.runs(program, feeds)
        assert_close(got, [float(number**k) for number in places], rtol=1e-12)
        slopes = [[float(k * number ** (k - 1)) if k else 0.0] for number in places]
        assert_close(solution.probe.grads(program, feeds, ["x"]), slopes, rtol=1e-12)


def test_later_nodes_change_nothing(solution, rng):
    """A program stays as it was compiled when its nodes are used in another graph."""
    f = solution.fn("lambda c, x, y: x * y - c(1)")
    program = assert_object(solution.probe.build_later(f, ["x", "y"]), "Program")
    assert_runs(solution, program, lambda x, y: x * y - 1, rng)
    assert_equal(program.n_ops, 2)


def optimized(solution, text):
    """Return the optimized program of a function of x and y."""
    return assert_object(solution.probe.optimized(solution.fn(text), ["x", "y"]), "Program")


@points(3)
def test_merges_equal_operations(solution, rng):
    """Equal operations on equal operands become one: (x + y) · (x + y) has two operations."""
    for text, operations, expected in (
        ("lambda c, x, y: (x + y) * (x + y)", 2, lambda x, y: (x + y) ** 2),
        ("lambda c, x, y: (x * 2).tanh() - (x * 2).tanh() * y", 4,
         lambda x, y: math.tanh(2 * x) * (1 - y)),
        ("lambda c, x, y: -x * -x + y ** 2 / y ** 2", 5, lambda x, _: x * x + 1),
    ):  # fmt: skip
        shorter = optimized(solution, text)
        assert_runs(solution, shorter, expected, rng)
        assert_equal(shorter.n_ops, operations)


@points(2)
def test_merges_what_became_equal(solution, rng):
    """Operations are merged too if their operands became the same by merging."""
    for count in (1, 2, int(rng.integers(4, 9))):
        got = solution.probe.twice_built(count)
        if type(got) is not list or len(got) != 2:
            raise CheckFailed("a Program was expected", rung="type")
        operations, shorter = got[0], assert_object(got[1], "Program")
        x = y = draw(rng)[0]
        for _ in range(count):
            y = math.tanh(y + 1.5)
        assert_close(shorter.run({"x": x}), y * y, rtol=1e-12)
        assert_equal(operations, 4 * count + 1)
        assert_equal(shorter.n_ops, 2 * count + 1)


@points(2)
def test_folds_constants(solution, rng):
    """An operation whose operands are all constants becomes a constant: 2 · 3 · x has one."""
    a, b = (round(v, 3) for v in draw(rng))
    for text, operations, expected in (
        ("lambda c, x, y: c(2) * c(3) * x", 1, lambda x, _: 6 * x),
        (f"lambda c, x, y: x + (c({a}) - c({b})) ** 2 / 4", 1, lambda x, _: x + (a - b) ** 2 / 4),
        (f"lambda c, x, y: -c({a}).tanh()", 0, lambda __, _: -math.tanh(a)),
        (f"lambda c, x, y: y * c(6) + c({b}) * (c(2) * c(3))", 2, lambda _, y: y * 6 + b * 6),
        ("lambda c, x, y: c(6) / (c(2) * c(3)) + c(5)", 0, lambda __, _: 6),
    ):
        shorter = optimized(solution, text)
        assert_runs(solution, shorter, expected, rng)
        assert_equal(shorter.n_ops, operations)


@points(2)
def test_keeps_different_operations(solution, rng):
    """x - y and y - x, and x / y and y / x, stay apart when a program is optimized."""
    for text, expected in (
        ("lambda c, x, y: (x - y) * 2 + (y - x)", lambda x, y: x - y),
        ("lambda c, x, y: x / y + 3 * (y / x)", lambda x, y: x / y + 3 * y / x),
    ):
        shorter = optimized(solution, text)
        assert_runs(solution, shorter, expected, rng, times=3)


@points(2)
def test_keeps_different_constants(solution, rng):
    """x + 1 and x + 2, and x ** 2 and x ** 3, stay apart when a program is optimized."""
    a, b = rng.choice(np.arange(2, 9), 2, replace=False).tolist()
    for text, expected in (
        (f"lambda c, x, y: (x + {a}) * (x + {b})", lambda x, _: (x + a) * (x + b)),
        (f"lambda c, x, y: x ** {a} - x ** {b} * y", lambda x, y: x**a - x**b * y),
    ):
        shorter = optimized(solution, text)
        assert_runs(solution, shorter, expected, rng, times=3)


@points(2)
def test_does_not_drop_zeros(solution, rng):
    """0 · x and x - x stay: for an infinite x they are nan, before and after optimize."""
    for text in (
        "lambda c, x, y: 0 * x + y",
        "lambda c, x, y: x * 0 + y",
        "lambda c, x, y: x - x + y",
    ):
        shorter = optimized(solution, text)
        assert_runs(solution, shorter, lambda _, y: y, rng)
        assert_equal(shorter.n_ops, 2)
        got = shorter.run({"x": math.inf, "y": draw(rng)[0]})
        assert_close(got, math.nan, finite=False)


@points(2)
def test_rounds_as_before(solution, rng):
    """optimize changes no digit: (x + 1) + 2 is not x + 3, and x / 3 is not x times a third."""
    for text, value in (
        ("lambda c, x, y: (x + 1) + 2", lambda x, _: (x + 1) + 2),
        ("lambda c, x, y: x / 3 * y", lambda x, y: x / 3 * y),
        ("lambda c, x, y: (x + y) + 0.1 + 0.2", lambda x, y: (x + y) + 0.1 + 0.2),
    ):
        shorter = optimized(solution, text)
        x, y = (v * 1e15 for v in draw(rng))
        assert_close(shorter.run({"x": x, "y": y}), value(x, y), rtol=0.0)
        assert_close(shorter.run({"x": 1e16, "y": 1e16}), value(1e16, 1e16), rtol=0.0)


@points(2)
def test_errors_stay(solution, rng):
    """optimize leaves 1 / 0 as it is, so that the error comes when the program runs."""
    for text in ("lambda c, x, y: x + c(1) / c(0)", "lambda c, x, y: y * (c(0) ** -1)"):
        program, shorter = make(solution, text), optimized(solution, text)
        assert_equal(program.n_ops, 2)
        assert_equal(shorter.n_ops, 2)
        for each in (program, shorter):
            with raises(ZeroDivisionError):
                each.run(feeds_of(draw(rng)))


@points(2)
def test_optimize_keeps_the_old_program(solution, rng):
    """optimize returns a new program, and the old one has all its operations and results."""
    text = "lambda c, x, y: (x + y) * (x + y) - c(2) * c(3)"
    for _ in range(2):
        program = make(solution, text)
        shorter = assert_object(solution.optimize(program), "Program")
        assert_equal([program.n_ops, shorter.n_ops], [5, 3])
        assert_runs(solution, program, lambda x, y: (x + y) ** 2 - 6, rng)
        assert_runs(solution, shorter, lambda x, y: (x + y) ** 2 - 6, rng)


@points(3)
def test_optimized_gradients(solution, rng):
    """An optimized program has the same gradients, also after it is optimized again."""
    for text, slopes in (
        ("lambda c, x, y: (x + y) * (x + y) * c(2) * c(3)", lambda x, y: (12 * (x + y),) * 2),
        ("lambda c, x, y: (x * y).tanh() + (x * y).tanh()",
         lambda x, y: (2 * y * (1 - math.tanh(x * y) ** 2), 2 * x * (1 - math.tanh(x * y) ** 2))),
        ("lambda c, x, y: x ** 3 - x ** 3 / y",
         lambda x, y: (3 * x * x * (1 - 1 / y), x**3 / y**2)),
    ):  # fmt: skip
        shorter = optimized(solution, text)
        again = assert_object(solution.optimize(shorter), "Program")
        x, y = draw(rng)
        for each in (shorter, again):
            assert_grads(solution, each, slopes, [(x, y)])


@points(2)
def test_shared_nodes_are_computed_once(solution, rng):
    """A node with many paths to it is one step: y + y, 40 times, is 40 operations."""
    for count in (10, 40):
        program = assert_object(solution.probe.doubled(count), "Program")
        assert_equal(program.n_ops, count)
        x = draw(rng)[0]
        assert_close(program.run({"x": x}), x * 2.0**count, rtol=1e-12)
        assert_close(got_of(program.grad({"x": x}, ["x"]), "x"), 2.0**count, rtol=1e-12)


@points(2)
def test_deep_graphs(solution, rng):
    """A graph may be thousands of nodes deep."""
    for count in (3, 520):
        x = draw(rng)[0]
        got = solution.probe.deep(count, x)
        share = 2 - 0.5**count
        if type(got) is not list or len(got) != 4:
            raise CheckFailed("four numbers were expected", rung="type")
        assert_close(got[:3], [x * share, share, x * share], rtol=1e-9)
        assert_equal(got[3], 2 * count)
