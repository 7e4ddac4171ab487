"""Computation graphs: read from anybody's nodes, laid out, drawn with right beside wrong."""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from nnkata.pictures import (
    Step,
    computation_graph,
    gradients_from_slopes,
    order_on_graph,
    push_through,
)
from nnkata.pictures.boxes import Edge, Plan
from nnkata.pictures.layers import lay_out
from nnkata.pictures.nodes import READ_AT_MOST, read_graph, right_slopes
from refnn.autograd.value import Value


def node(
    data: Any = 1.0, parents: Any = (), op: str = "", slopes: Any = (), grad: Any = 0.0
) -> Any:
    return SimpleNamespace(data=data, parents=parents, op=op, slopes=slopes, grad=grad)


def texts(picture: Any, frame: int = -1) -> list[str]:
    """Return what is written in a frame."""
    tree = ElementTree.fromstring(picture.inline(frame, "p"))
    return [e.text or "" for e in tree.iter("{http://www.w3.org/2000/svg}text")]


def expression() -> tuple[Value, dict[str, Value]]:
    """Return z = (x y / (6 - x))² and its named nodes."""
    x, y = Value(4.0), Value(2.0)
    p, d = x * y, 6 - x
    q = p / d
    z = q**2
    return z, {"x": x, "y": y, "p": p, "d": d, "q": q, "z": z}


def random_value(rng: random.Random, steps: int) -> Value:
    """Return the end of a random computation in which numbers are used again and again."""
    made = [Value(rng.uniform(0.5, 2.0)) for _ in range(3)]
    for _ in range(steps):
        one, other = rng.choice(made[-6:]), rng.choice(made[-6:])
        kind = rng.randrange(5)
        if kind == 0:
            made.append(one + other)
        elif kind == 1:
            made.append(one - other)
        elif kind == 2:
            made.append((one * other).tanh())
        elif kind == 3:
            made.append(one / (other * other + 1.0))
        else:
            made.append(-one + rng.choice(made))
    return made[-1]


# Reading


def test_each_attribute_of_each_node_is_read_once() -> None:
    read: Counter[tuple[int, str]] = Counter()

    class Watched:
        def __init__(self, **held: Any) -> None:
            self.__dict__["held"] = held

        def __getattr__(self, name: str) -> Any:
            read[id(self), name] += 1
            try:
                return self.held[name]
            except KeyError:
                raise AttributeError(name) from None

    x = Watched(data=3.0, grad=0.0, parents=(), op="", slopes=())
    y = Watched(data=9.0, grad=1.0, parents=(x, x), op="*", slopes=(3.0, 3.0))
    z = Watched(data=12.0, grad=1.0, parents=(y, x), op="+", slopes=(1.0, 1.0))
    computation_graph(z, names={"z": z})
    assert set(read.values()) == {1}
    assert len(read) >= 3 * 4


def test_nodes_are_told_apart_by_identity() -> None:
    class Equal(SimpleNamespace):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None

    a, b = (Equal(data=1.0, grad=0.0, parents=(), op="", slopes=()) for _ in range(2))
    c = Equal(data=2.0, grad=0.0, parents=(a, b), op="+", slopes=(1.0, 1.0))
    picture = computation_graph(c, [(a, 1.0), (b, 1.0)], {"a": a, "b": b, "c": c})
    assert picture.numbers["wrong"] == ["a", "b"]
    assert set(picture.numbers["data"]) == {"a", "b", "c"}


def test_gradients_from_slopes_are_those_of_the_backward_pass() -> None:
    rng = random.Random(5)
    for _ in range(30):
        root = random_value(rng, 12)
        root.backward()
        found = gradients_from_slopes(root)
        assert found[-1][0] is root
        for it, number in found:
            assert number == pytest.approx(it.grad, rel=1e-12, abs=1e-12)


def test_gradients_from_slopes_do_not_look_at_what_grad_holds() -> None:
    z, names = expression()
    for it in names.values():
        it.grad = 99.0
    found = {id(it): number for it, number in gradients_from_slopes(z)}
    assert found[id(names["x"])] == 24.0
    assert found[id(names["y"])] == 16.0


def test_a_missing_slope_makes_everything_behind_it_unknown() -> None:
    x = node()
    y = node(parents=(x, x), slopes=(1.0,))
    z = node(parents=(y,), slopes=(2.0,))
    assert [number for _, number in gradients_from_slopes(z)][1:] == [2.0, 1.0]
    assert math.isnan(gradients_from_slopes(z)[0][1])
    assert "–" in texts(computation_graph(z))


def test_slopes_that_are_not_kept_are_measured_by_a_push_and_nothing_is_left_of_it() -> None:
    class Pushing:
        def __init__(self, data: float, parents: tuple[Any, ...] = ()) -> None:
            self.data, self.parents, self.grad, self.op = data, parents, 5.0, "own"

        def push(self) -> None:
            for parent in self.parents:
                parent.grad += 7.0 * self.grad

    x = Pushing(1.0)
    y = Pushing(2.0, (x,))
    z = Pushing(3.0, (y, y))
    graph = read_graph(z)
    assert [n.slopes for n in graph.nodes] == [(), (7.0,), (7.0, 7.0)]
    assert (x.grad, y.grad, z.grad) == (5.0, 5.0, 5.0)


def test_a_push_that_fails_leaves_slopes_missing_and_gradients_as_they_were() -> None:
    def push() -> None:
        x.grad = 3.0
        raise IndexError

    x = node(grad=2.0)
    y = node(parents=(x,), grad=1.0)
    y.push = push
    assert read_graph(y).nodes[1].slopes == (None,)
    assert (x.grad, y.grad) == (2.0, 1.0)


def test_a_cycle_a_giant_and_parents_that_are_none_are_refused_in_words() -> None:
    a = node()
    b = node(parents=(a,), slopes=(1.0,))
    a.parents = (b,)
    with pytest.raises(ValueError, match="cycle"):
        computation_graph(b)
    itself = node()
    itself.parents = (itself,)
    with pytest.raises(ValueError, match="cycle"):
        read_graph(itself)
    with pytest.raises(ValueError, match="not a tuple of nodes"):
        read_graph(node(parents=7))
    long = node()
    for _ in range(READ_AT_MOST):
        long = node(parents=(long,), slopes=(1.0,))
    with pytest.raises(ValueError, match=f"more than {READ_AT_MOST} nodes"):
        read_graph(long)


def test_a_number_where_a_node_should_be_is_drawn_as_one() -> None:
    x = node(3.0)
    z = node(5.0, (2.0, x), "+", (1.0, 1.0))
    graph = read_graph(z, {"x": x, "z": z})
    assert [(n.name, n.data, n.grad) for n in graph.nodes] == [
        ("a", 2.0, None), ("x", 3.0, 0.0), ("z", 5.0, 0.0),
    ]  # fmt: skip


def test_what_is_no_number_is_a_dash_and_long_words_are_cut() -> None:
    x = node("three", grad=None)
    z = node(1.0, (x,), "a very long operation" * 1000, ("no",))
    picture = computation_graph(z)
    assert picture.numbers["data"]["a"] is None
    assert "data –" in texts(picture)
    assert len(picture.svg()) < 20_000


@pytest.mark.parametrize("op", ["+", "-", "*", "/"])
def test_the_slopes_that_belong_to_an_operation_are_known(op: str) -> None:
    x, y = Value(2.5), Value(-1.5)
    made = {"+": x + y, "-": x - y, "*": x * y, "/": x / y}[op]
    graph = read_graph(made)
    assert right_slopes(graph, 2) == pytest.approx(made.slopes)


def test_the_slopes_of_functions_are_known_where_op_and_numbers_agree() -> None:
    for x in (0.7, 1.9):
        v = Value(x)
        for made in (v.tanh(), v.exp(), v.log(), v.relu(), v.sigmoid(), -v, v**3, v**-0.5):
            assert right_slopes(read_graph(made), 1) == pytest.approx(made.slopes), made.op
    negative = Value(-2.0) ** 3
    assert right_slopes(read_graph(negative), 1) == pytest.approx((12.0,))
    lying = node(7.0, (node(2.0), node(3.0)), "*", (3.0, 2.0))
    assert right_slopes(read_graph(lying), 2) is None
    assert right_slopes(read_graph(Value(1.0) ** 5), 1) is None  # any power of 1 is 1


# Places


def random_graph(rng: random.Random, size: int) -> list[list[int]]:
    """Return each node's parents, of a graph in which all nodes lead to the last."""
    parents: list[list[int]] = [[]]
    for number in range(1, size):
        count = rng.choice((0, 1, 2, 2, 2, 3))
        parents.append([rng.randrange(max(0, number - 7), number) for _ in range(count)])
    used = {p for own in parents for p in own}
    parents[-1] += [i for i in range(size - 1) if i not in used]
    return parents


def crossed(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 0.01
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.01
    )


@pytest.mark.parametrize("size", [1, 2, 5, 9, 16, 24])
def test_boxes_never_overlap_and_stay_on_the_canvas(size: int) -> None:
    rng = random.Random(size)
    for _ in range(20):
        plan = Plan(random_graph(rng, size), 3)
        canvas = plan.canvas()
        boxes = [plan.rectangle(i) for i in range(size)]
        for i, box in enumerate(boxes):
            assert box[0] >= 0 <= box[1]
            assert box[2] <= canvas.width
            assert box[3] <= canvas.height
            assert not any(crossed(box, other) for other in boxes[:i])


@pytest.mark.parametrize("size", [5, 12, 24])
def test_lines_lead_from_box_to_box_and_pass_by_all_others(size: int) -> None:
    rng = random.Random(size)
    for _ in range(20):
        parents = random_graph(rng, size)
        plan = Plan(parents, 2)
        edges = [Edge(p, i, "1") for i, own in enumerate(parents) for p in own]
        for edge, way in zip(edges, plan._ways(edges), strict=True):
            for number in range(size):
                left, top, right, bottom = plan.rectangle(number)
                inside = [
                    (x, y) for x, y in way
                    if left + 1 < x < right - 1 and top + 1 < y < bottom - 1
                ]  # fmt: skip
                assert not inside, (parents, edge, number)
            for point, end in ((way[0], edge.start), (way[-1], edge.end)):
                left, top, right, bottom = plan.rectangle(end)
                assert left - 1 <= point[0] <= right + 1
                assert top - 1 <= point[1] <= bottom + 1


def test_every_parent_stands_in_an_earlier_layer_and_children_are_near() -> None:
    rng = random.Random(3)
    for _ in range(50):
        parents = random_graph(rng, 20)
        layout = lay_out(parents, 10, 2)
        for child, own in enumerate(parents):
            assert all(layout.layer[p] < layout.layer[child] for p in own)
        for number in range(19):
            children = [i for i, own in enumerate(parents) if number in own]
            assert layout.layer[number] == min(layout.layer[c] for c in children) - 1


def test_crossings_that_can_be_avoided_are_avoided() -> None:
    # Two separate pairs whose written order crosses: a → d, b → c, and both into e.
    layout = lay_out([[], [], [1], [0], [2, 3]], 10, 2)
    assert (layout.across[0] - layout.across[1]) * (layout.across[3] - layout.across[2]) > 0


def test_a_long_line_goes_round_where_it_would_cross() -> None:
    # x, y; a = x y; b = a + x; c = f(b); z = c + x: x has three children in three layers.
    parents = [[], [], [0, 1], [2, 0], [3], [4, 0]]
    plan = Plan(parents, 2)
    edges = [Edge(p, i, "") for i, own in enumerate(parents) for p in own]
    ways = plan._ways(edges)
    for i, one in enumerate(ways):
        for other in ways[:i]:
            assert not any(
                turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0
                for a, b in pairwise(one)
                for c, d in pairwise(other)
            )


def turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    """Return on which side of the line from a to b the point c lies, as a sign."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def test_two_lines_between_the_same_boxes_are_drawn_apart() -> None:
    plan = Plan([[], [0, 0]], 2)
    one, other = plan._ways([Edge(0, 1, "3"), Edge(0, 1, "3")])
    assert all(abs(a[1] - b[1]) > 10 for a, b in zip(one, other, strict=True))


# GraphDrawing


def test_a_graph_is_drawn_with_data_gradients_and_slopes() -> None:
    z, names = expression()
    z.backward()
    picture = computation_graph(z, gradients_from_slopes(z), names)
    words = texts(picture)
    for line in ("p = x * y", "d = a - x", "q = p / d", "z = q ** 2", "data 16", "grad 24"):
        assert line in words
    for slope in ("4", "2", "1", "−1", "0.5", "−2", "8"):
        assert slope in words
    assert "right" not in " ".join(words)
    assert picture.numbers["grad"] == {
        "x": 24.0, "y": 16.0, "p": 4.0, "a": -16.0, "d": -16.0, "q": 8.0, "z": 1.0,
    }  # fmt: skip
    assert picture.numbers["slopes"]["q"] == [0.5, -2.0]
    sentence = "q = p / d: data 4, grad 8, local derivative 0.5 to p, local derivative −2 to d."
    assert sentence in picture.description


def test_a_wrong_gradient_stands_beside_the_right_one_in_words_and_shape() -> None:
    z, names = expression()
    z.backward()
    names["x"].grad = 3.0
    picture = computation_graph(z, gradients_from_slopes(z), names)
    words = texts(picture)
    assert words[words.index("grad 3") + 1] == "right: 24"
    assert "wrong thick dashed" in picture.svg()
    assert picture.numbers["wrong"] == ["x"]
    assert "x has 3, expected 24" in picture.frames[-1].caption
    assert "grad 3 (right: 24)" in picture.description


def test_right_gradients_may_be_a_mapping_too() -> None:
    z, names = expression()
    picture = computation_graph(z, {names["y"]: 16.0}, names)
    assert picture.numbers["wrong"] == ["y"]
    assert picture.numbers["right"] == {"y": 16.0}


def test_a_wrong_slope_and_wrong_data_are_marked() -> None:
    x, y = node(3.0), node(4.0)
    z = node(12.0, (x, y), "*", (3.0, 4.0))
    picture = computation_graph(z, names={"x": x, "y": y, "z": z}, data={"z": 13.0, "x": 3.0})
    words = texts(picture)
    assert words.count("not 4") == words.count("not 3") == 1
    assert words[words.index("data 12") + 1] == "right: 13"
    assert "local derivative 3 to x (right: 4)" in picture.description


def test_nan_is_a_wrong_gradient() -> None:
    x = node(1.0, grad=math.nan)
    picture = computation_graph(x, [(x, 1.0)])
    assert picture.numbers["wrong"] == ["a"]


def test_a_node_that_is_not_reached_is_named() -> None:
    x, y = Value(1.0), Value(2.0)
    z = x + 1
    picture = computation_graph(z, names={"x": x, "y": y, "z": z})
    assert picture.frames[-1].caption == "No path leads from z back to y."


def test_the_frames_walk_back_push_by_push() -> None:
    x = Value(3.0)
    y = x * x
    z = y * y
    picture = computation_graph(z, names={"x": x, "y": y, "z": z})
    assert len(picture.frames) == 4
    assert "grad 1" in texts(picture, 0)
    assert "pushes" not in texts(picture, 0)
    assert texts(picture, 1).count("+9") == 2
    assert "grad 18" in texts(picture, 1)
    assert texts(picture, 2).count("+54") == 2
    assert "grad 108" in texts(picture, 2)
    assert "Push 2 of 2: y has grad 18. It pushes 3 · 18 = 54 to x" in picture.frames[2].caption
    assert x.grad == 0.0  # drawing changes nothing
    assert all(frame.caption for frame in picture.frames[:-1])


def test_pushes_that_happened_are_drawn_as_they_were() -> None:
    class Overwriting(Value):
        def push(self) -> None:
            for parent, slope in zip(self.parents, self.slopes, strict=True):
                parent.grad = slope * self.grad

    x = Value(3.0)
    z = Overwriting(9.0, (x, x), "*", (3.0, 3.0))
    steps = push_through(z, 2.0)
    assert [list(step.grads) for step in steps] == [[0.0, 2.0], [6.0, 2.0]]
    picture = computation_graph(z, [(x, 12.0)], {"x": x, "z": z}, walk=steps)
    words = texts(picture, 1)
    assert "+6" in words
    assert "not +12" in words
    assert "This is wrong: x should get +12." in picture.frames[1].caption


def test_a_push_before_all_has_arrived_is_marked() -> None:
    x = node(3.0, grad=2.0)
    s = node(6.0, (x,), "f", (2.0,), grad=4.0)
    z = node(1.0, (s, s), "g", (1.0, 3.0), grad=1.0)
    steps = [Step(None, [0.0, 1.0, 1.0], "begun"), Step(s, [2.0, 1.0, 1.0])]
    picture = computation_graph(z, [(s, 4.0)], {"x": x, "s": s, "z": z}, walk=steps)
    words = texts(picture, 1)
    assert words[words.index("grad 1") + 1] == "right: 4"
    assert "s has grad 1, and 4 would be right." in picture.frames[1].caption
    assert picture.frames[0].caption == "begun"


def test_of_a_large_graph_the_end_is_drawn_and_it_says_so() -> None:
    root = random_value(random.Random(11), 60)
    graph = read_graph(root)
    assert len(graph.nodes) > 24
    root.backward()
    picture = computation_graph(root, gradients_from_slopes(root))
    assert "Only the last 24 are drawn." in picture.description
    assert len(picture.frames) <= 24
    assert picture.numbers["wrong"] == []
    boxes = re.findall(r'<rect class="frame"', picture.svg())
    assert len(boxes) == 24
    assert len(picture.svg()) < 60_000


def test_all_children_of_what_is_drawn_are_drawn() -> None:
    from nnkata.pictures.graphs import last_nodes

    rng = random.Random(2)
    for _ in range(20):
        graph = read_graph(random_value(rng, 50))
        shown = last_nodes(graph)
        assert len(shown) == min(24, len(graph.nodes))
        for child, one in enumerate(graph.nodes):
            assert child in shown or not any(p in shown for p in one.parents)


def test_every_frame_of_random_graphs_is_well_formed() -> None:
    rng = random.Random(8)
    for size in (1, 4, 9, 20):
        root = random_value(rng, size)
        picture = computation_graph(root)
        for number in range(len(picture.frames)):
            ElementTree.fromstring(picture.svg(number))


# Orders


def diamond() -> tuple[Value, dict[str, Value]]:
    a, b = Value(1.0), Value(2.0)
    c = a * b
    d = c + a
    return d, {"a": a, "b": b, "c": c, "d": d}


def test_a_right_order_has_no_finding_and_its_places_are_written() -> None:
    d, names = diamond()
    a, b, c = (names[n] for n in "abc")
    for order in ([a, b, c, d], [b, a, c, d]):
        picture = order_on_graph(d, order, names)
        assert picture.numbers["findings"] == []
        assert {"1st", "2nd", "3rd", "4th"} <= set(texts(picture))
        assert "right." in picture.frames[-1].caption
        assert "wrong" not in picture.svg().partition("</style>")[2]


def test_lines_that_point_backwards_are_marked() -> None:
    d, names = diamond()
    a, b, c = (names[n] for n in "abc")
    picture = order_on_graph(d, [b, c, a, d], names)
    assert picture.numbers["backwards"] == [("a", "c")]
    assert picture.numbers["places"] == {"a": [3], "b": [1], "c": [2], "d": [4]}
    assert texts(picture).count("wrong") == 1
    assert "c is before its parent a." in picture.description
    assert "but a, of which it was computed, is not listed yet" in picture.frames[1].caption


def test_what_is_missing_listed_twice_or_strange_is_said() -> None:
    d, names = diamond()
    a, b, c = (names[n] for n in "abc")
    picture = order_on_graph(d, [a, b, c, a, Value(7.0), 3], names)
    findings = " ".join(picture.numbers["findings"])
    assert "Not listed: d." in findings
    assert "Listed more than once: a (1st, 4th)." in findings
    assert "2 entries of the list are not nodes of this graph." in findings
    assert "not listed" in texts(picture)


def test_an_order_may_be_a_function_and_changing_the_graph_is_noticed() -> None:
    def taking_apart(root: Any) -> list[Any]:
        root.parents = ()
        return [names["a"], names["b"], names["c"], root]

    d, names = diamond()
    picture = order_on_graph(d, taking_apart, names)
    assert picture.numbers["findings"] == ["The sort has changed the parents of nodes."]


def test_an_order_of_a_large_graph_is_refused_in_words() -> None:
    root = random_value(random.Random(11), 60)
    with pytest.raises(ValueError, match="24 nodes at most"):
        order_on_graph(root, [])


def test_a_legend_says_what_the_numbers_at_the_lines_are() -> None:
    x, y = node(3.0), node(4.0)
    picture = computation_graph(node(12.0, (x, y), "*", (4.0, 3.0)))
    for number, _ in enumerate(picture.frames):
        svg = ElementTree.fromstring(picture.svg(number))
        words = [text.text or "" for text in svg.iter("{http://www.w3.org/2000/svg}text")]
        assert [w for w in words if w.startswith("At a line: the local derivative")]
