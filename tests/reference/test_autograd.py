"""Values, their order and their gradients."""

import itertools
import math
import operator
import random
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from refnn.autograd.backward import backward
from refnn.autograd.elementary import exp, log, relu, sigmoid
from refnn.autograd.gradcheck import numerical_gradient
from refnn.autograd.tanh import tanh
from refnn.autograd.topological_sort import topological_sort
from refnn.autograd.value import Value

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


# Value


def test_a_leaf_holds_a_float_and_nothing_else() -> None:
    numbers: list[Any] = [3, True, np.float32(3), np.int64(3), 3.0]
    for number in numbers:
        leaf = Value(number)
        assert type(leaf.data) is float
        assert leaf.data == float(number)
        assert (leaf.grad, leaf.parents, leaf.op, leaf.slopes) == (0.0, (), "", ())


@pytest.mark.parametrize("thing", [None, 1j, [1.0], np.ones(2)])
def test_what_is_not_a_number_is_refused_everywhere(thing: Any) -> None:
    x = Value(2.0)
    with pytest.raises(TypeError):
        Value(thing)
    for operation in BINARY.values():
        with pytest.raises(TypeError):
            operation(x, thing)
    with pytest.raises(TypeError):
        _ = x**thing


def test_a_value_is_not_an_exponent() -> None:
    with pytest.raises(TypeError):
        _ = Value(2.0) ** Value(3.0)  # type: ignore[operator]
    with pytest.raises(TypeError):
        _ = 2.0 ** Value(3.0)  # type: ignore[operator]


def test_a_negative_base_with_a_fractional_exponent_is_refused() -> None:
    with pytest.raises(TypeError):
        _ = Value(-8.0) ** 0.5


def test_values_are_told_apart_by_identity() -> None:
    a, b = Value(1.0), Value(1.0)
    assert a != b
    assert len({a, b}) == 2


def test_a_result_links_to_its_operands_in_order() -> None:
    x, y = Value(3.0), Value(-4.0)
    for name, operation in BINARY.items():
        out = operation(x, y)
        assert out.parents == (x, y)
        assert out.op == name
        assert out is not operation(x, y)
    assert (x * x).parents == (x, x)
    assert (x.data, y.data, x.grad, y.grad) == (3.0, -4.0, 0.0, 0.0)


@pytest.mark.parametrize("name", BINARY)
def test_push_adds_the_local_derivative_times_the_upstream_gradient(name: str) -> None:
    rng = random.Random(name)
    for _ in range(50):
        a, b, upstream = (rng.choice([-1, 1]) * rng.uniform(0.5, 3.0) for _ in range(3))
        x, y = Value(a), Value(b)
        x.grad, y.grad = 10.0, 20.0
        out = BINARY[name](x, y)
        out.grad = upstream
        out.push()
        slope = numerical_gradient(lambda v: float(BINARY[name](v[0], v[1])), [a, b])
        assert x.grad - 10.0 == pytest.approx(upstream * slope[0], rel=1e-6)
        assert y.grad - 20.0 == pytest.approx(upstream * slope[1], rel=1e-6)
        assert out.grad == upstream


def test_push_accumulates_when_both_parents_are_one() -> None:
    x = Value(3.0)
    out = x * x
    out.grad = 2.0
    out.push()
    assert x.grad == 12.0


def test_push_refuses_a_node_with_too_few_slopes() -> None:
    with pytest.raises(IndexError):
        Value(1.0, (Value(1.0),), "half made").push()


@pytest.mark.parametrize("number", [2, 2.5, np.float64(2.5), np.float32(2.5), np.int64(2)])
@pytest.mark.parametrize("name", BINARY)
def test_plain_numbers_mix_in_on_either_side(name: str, number: Any) -> None:
    x = Value(3.0)
    right, left = BINARY[name](x, number), BINARY[name](number, x)
    assert type(right) is Value
    assert type(left) is Value
    assert right.data == BINARY[name](3.0, float(number))
    assert left.data == BINARY[name](float(number), 3.0)
    right.backward()
    assert x.grad == pytest.approx(derivative(lambda v: BINARY[name](v, float(number)), 3.0))
    x.grad = 0.0
    left.backward()
    assert x.grad == pytest.approx(derivative(lambda v: BINARY[name](float(number), v), 3.0))


def test_sum_starts_from_a_plain_zero() -> None:
    x, y = Value(1.0), Value(2.0)
    total = sum([x, y])
    assert isinstance(total, Value)
    total.backward()
    assert (total.data, x.grad, y.grad) == (3.0, 1.0, 1.0)


@pytest.mark.parametrize("k", [3, 2, 1, -1, 0.5, -0.5, 2.7])
def test_powers_follow_the_power_rule(k: float) -> None:
    x = Value(1.7)
    out = (x**k) * -2.5
    out.backward()
    assert out.data == pytest.approx(-2.5 * 1.7**k)
    assert x.grad == pytest.approx(-2.5 * k * 1.7 ** (k - 1))


def test_the_zeroth_power_is_flat_also_at_zero() -> None:
    x = Value(0.0)
    out = x**0
    out.backward()
    assert (out.data, x.grad) == (1.0, 0.0)


def test_a_value_less_or_over_itself_is_flat() -> None:
    for n in range(1, 200):
        x = Value(n)
        (x - x).backward()
        assert x.grad == 0.0
        (x / x).backward()
        assert abs(x.grad) <= 1e-12


def test_division_works_where_the_square_of_the_divisor_does_not() -> None:
    for number in (1e-200, 1e200):
        x, y = Value(number), Value(number)
        (x / y).backward()
        assert y.grad == pytest.approx(-1.0 / number)


@pytest.mark.parametrize("divide", [lambda x: 1 / x, lambda x: x / 0, lambda x: x**-1])
def test_division_by_zero_is_an_error(divide: Callable[[Value], Value]) -> None:
    with pytest.raises(ZeroDivisionError):
        divide(Value(0.0))


def test_repr_shows_data_and_grad() -> None:
    assert repr(Value(3)) == "Value(data=3.0, grad=0.0)"


# tanh and the elementary functions

UNARY: dict[str, tuple[Callable[[Value], Value], Callable[[float], float]]] = {
    "tanh": (tanh, math.tanh),
    "exp": (exp, math.exp),
    "log": (log, math.log),
    "relu": (relu, lambda x: max(x, 0.0)),
    "sigmoid": (sigmoid, lambda x: 1 / (1 + math.exp(-x))),
}


@pytest.mark.parametrize("name", UNARY)
def test_functions_and_their_slopes_match_measured_ones(name: str) -> None:
    function, plain = UNARY[name]
    rng = random.Random(name)
    for point in (0.02, 0.5, 1.0, 3.0, -0.02, -0.5, -1.0, -3.0):
        if name == "log" and point < 0.0:
            continue
        x, upstream = Value(point), rng.uniform(-2.0, 2.0)
        out = function(x)
        assert out.parents == (x,)
        assert out.op == name
        assert out.data == pytest.approx(plain(point), rel=1e-14)
        out.grad = upstream
        out.push()
        assert x.grad == pytest.approx(upstream * derivative(plain, point), rel=1e-6)
        assert getattr(x, name)().data == out.data


def test_tanh_is_right_to_the_last_digits_on_a_dense_grid() -> None:
    for point in np.linspace(-20.0, 20.0, 4001):
        x = Value(point)
        out = x.tanh()
        out.backward()
        assert abs(out.data - math.tanh(point)) <= 1e-14
        assert abs(x.grad - (1.0 - math.tanh(point) ** 2)) <= 1e-14
        assert abs(out.data - (2.0 * (2.0 * Value(point)).sigmoid() - 1.0).data) <= 1e-14


def test_saturated_functions_are_exact_and_do_not_overflow() -> None:
    for function, point, result in (
        (tanh, 1000, 1),
        (tanh, -1000, -1),
        (sigmoid, 1000, 1),
        (sigmoid, -1000, 0),
        (exp, -1000, 0),
        (relu, -1000, 0),
    ):
        x = Value(point)
        out = function(x)
        out.backward()
        assert out.data == result
        assert x.grad == 0.0


def test_tanh_built_from_exp_agrees_with_tanh() -> None:
    for point in (-200.0, -2.0, 0.3, 5.0, 200.0):
        x, y = Value(point), Value(point)
        e = (2 * x).exp()
        ((e - 1) / (e + 1)).backward()
        y.tanh().backward()
        assert x.grad == pytest.approx(y.grad, abs=1e-12)


def test_relu_is_flat_at_zero_and_hands_nan_on() -> None:
    x = Value(0.0)
    x.relu().backward()
    assert x.grad == 0.0
    assert math.isnan(Value(math.nan).relu().data)


@pytest.mark.parametrize("point", [0.0, -1.0])
def test_log_refuses_what_is_not_positive(point: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        Value(point).log()


# topological_sort


def in_order(order: list[Any]) -> bool:
    position = {id(node): i for i, node in enumerate(order)}
    return len(position) == len(order) and all(
        position[id(parent)] < position[id(node)] for node in order for parent in node.parents
    )


def node(*parents: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(parents=parents)


def test_a_single_node_is_its_own_order() -> None:
    root = Value(1.0)
    assert topological_sort(root) == [root]


def test_every_ancestor_comes_once_and_after_its_parents() -> None:
    rng = random.Random(0)
    for _ in range(300):
        nodes = [node()]
        for _ in range(rng.randrange(30)):
            nodes.append(node(*rng.choices(nodes, k=rng.randrange(4))))
        root, ancestors = nodes[-1], set()
        frontier = [root]
        while frontier:
            here = frontier.pop()
            if id(here) not in ancestors:
                ancestors.add(id(here))
                frontier.extend(here.parents)
        order = topological_sort(root)
        assert in_order(order)
        assert order[-1] is root
        assert {id(each) for each in order} == ancestors


def test_thirty_doublings_read_every_node_once() -> None:
    reads = 0

    class Counting:
        def __init__(self, parents: tuple["Counting", ...]) -> None:
            self._parents = parents

        @property
        def parents(self) -> tuple["Counting", ...]:
            nonlocal reads
            reads += 1
            return self._parents

    rung = Counting(())
    for _ in range(30):
        rung = Counting((rung, rung))
    assert len(topological_sort(rung)) == 31
    assert reads == 31


def test_nodes_that_call_themselves_equal_stay_apart() -> None:
    class Same(Value):
        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 1

    a, b = Same(1.0), Same(1.0)
    assert len(topological_sort(Same(2.0, (a, b), "+", (1.0, 1.0)))) == 3


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_cycle_is_an_error_wherever_it_lies(length: int) -> None:
    ring = [node() for _ in range(length)]
    for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
        here.parents = (node(), there)
    for root in (ring[0], node(node(), ring[-1])):
        with pytest.raises(ValueError, match="cycle"):
            topological_sort(root)


def test_sorting_changes_nothing() -> None:
    x = Value(2.0)
    y = x * x + x
    before = [(n, n.parents, n.data, n.grad) for n in topological_sort(y)]
    assert [(n, n.parents, n.data, n.grad) for n in topological_sort(y)] == before


# backward


def test_a_product_with_itself_has_twice_its_value_as_gradient() -> None:
    x = Value(3.0)
    (x * x).backward()
    assert x.grad == 6.0


def test_a_leaf_as_root_gains_one_per_call() -> None:
    x = Value(3.0)
    backward(x)
    backward(x)
    assert x.grad == 2.0


def test_a_second_call_doubles_the_leaves_and_nothing_else() -> None:
    x = Value(3.0)
    square = x * x
    root = square * square
    root.backward()
    assert (x.grad, square.grad, root.grad) == (108.0, 18.0, 1.0)
    root.backward()
    assert (x.grad, square.grad, root.grad) == (216.0, 18.0, 1.0)


def test_two_roots_add_up_in_the_leaves_they_share() -> None:
    x, y = Value(2.0), Value(5.0)
    (x * y).backward()
    (x + x).backward()
    assert (x.grad, y.grad) == (7.0, 2.0)


def test_what_the_root_does_not_depend_on_is_left_alone() -> None:
    x = Value(2.0)
    child = x * 3.0
    child.grad = 7.0
    (x + 1.0).backward()
    assert child.grad == 7.0


def test_a_cycle_is_reported() -> None:
    x = Value(1.0)
    x.parents, x.slopes = (x,), (1.0,)
    with pytest.raises(ValueError, match="cycle"):
        x.backward()


def test_a_chain_of_a_hundred_thousand_nodes_needs_no_recursion() -> None:
    x = Value(1.0)
    end = x
    for _ in range(100_000):
        end = end + x
    end.backward()
    assert x.grad == 100_001.0


Step = tuple[str, int, int]
STEPS: dict[str, Callable[[Any, Any], Any]] = {
    **BINARY,
    "/": lambda a, b: a / (b * b + 1.5),
    "neg": lambda a, _: -a,
    "cube": lambda a, _: a**3,
    "tanh": lambda a, _: a.tanh() if isinstance(a, Value) else math.tanh(a),
    "sigmoid": lambda a, _: a.sigmoid() if isinstance(a, Value) else 1 / (1 + math.exp(-a)),
    "exp": lambda a, _: (-a * a).exp() if isinstance(a, Value) else math.exp(-a * a),
    "log": lambda a, _: (a * a + 1).log() if isinstance(a, Value) else math.log(a * a + 1),
    "left": lambda a, b: 2 - a + 3 * b,
}


def replay(steps: list[Step], leaves: list[Any]) -> Iterator[Any]:
    """Yield every value of the program: the leaves, and then the result of each step."""
    values = list(leaves)
    yield from values
    for name, i, j in steps:
        values.append(STEPS[name](values[i], values[j]))
        yield values[-1]


def random_program(rng: random.Random, leaves: list[float]) -> list[Step]:
    """Pick steps that use earlier results again and again, and tame those that grow large."""
    steps: list[Step] = []
    for count in range(len(leaves), len(leaves) + rng.randrange(3, 25)):
        last = list(replay(steps, leaves))[-1]
        name = "tanh" if abs(last) > 4.0 else rng.choice(list(STEPS))
        steps.append((name, count - 1, rng.randrange(count)))
    return steps


def test_five_hundred_random_graphs_with_shared_nodes_have_measured_gradients() -> None:
    rng = random.Random(0)
    shared = 0
    for _ in range(500):
        numbers = [rng.uniform(-2.0, 2.0) for _ in range(rng.randrange(1, 5))]
        steps = random_program(rng, numbers)
        leaves = [Value(number) for number in numbers]
        root = list(replay(steps, leaves))[-1]
        root.backward()
        measured = numerical_gradient(
            lambda v, steps=steps: float(list(replay(steps, v.tolist()))[-1]),  # type: ignore[misc]
            numbers,
        )
        np.testing.assert_allclose([x.grad for x in leaves], measured, rtol=1e-5, atol=1e-7)
        edges = itertools.chain.from_iterable(n.parents for n in topological_sort(root))
        uses = [id(parent) for parent in edges]
        shared += len(uses) > len(set(uses))
    assert shared > 400


def derivative(f: Callable[[float], float], x: float) -> float:
    """Measure the derivative of a function of one number."""
    return float(numerical_gradient(lambda v: float(f(float(v))), x))
