"""What `solution` does, line by line of docs/instructor/authoring.md."""

from __future__ import annotations

import contextlib
import math
import operator
import random
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnkata.checking.proxy import Handle, Solution
from nnkata.checking.proxy import value_in_worker as there
from nnkata.checking.transcript import CheckFailed, SolutionError
from nnkata.course.hashes import worker_seed
from nnkata.model import Course
from nnkata.sandbox.worker_client import WorkerLostError
from nnkata.testing import assert_unchanged

NEEDED = """
class Value:
    __array_ufunc__ = None
    def __init__(self, data, parents=()):
        self.data, self.parents, self.grad = data, parents, 0.0
    def __repr__(self): return "forged"
    def __eq__(self, other): return True
    def __hash__(self): return 1
    def __bool__(self): return True
    def push(self, step=1.0):
        self.data += step
        return self
    @property
    def broken(self): raise ValueError("no")
for name in "add sub mul truediv floordiv mod pow matmul".split():
    def forward(self, other, name=name):
        return Value((name, self.data, other.data if isinstance(other, Value) else other))
    def reflected(self, other, name=name): return Value(("r" + name, other, self.data))
    setattr(Value, f"__{name}__", forward)
    setattr(Value, f"__r{name}__", reflected)
for name in "neg pos abs".split():
    setattr(Value, f"__{name}__", lambda self, name=name: Value((name, self.data)))
Value.__getitem__ = lambda self, key: Value(("getitem", key))
"""
MODULE = """
import random as _random
import numpy as np
from .given import Split
from .needed import Value

class Node(Value):
    def __call__(self, x, scale=1.0): return self.data * x * scale

class Private: pass
class Known(KeyError): pass
class Odd(BaseException): pass

def make(n): return Node(float(n))
def again(v): return v
def many(n): return [Node(float(k)) for k in range(n)]
def pair(v): return {"own": (v, Node(5.0)), 3: [v]}
def split(): return Split(np.ones(2))
def private(): return Private()
def plain(x): return x
_stored = []
def store(x): _stored.append(x)
def store_view(x): _stored.append(x[:3])
def double_stored():
    for x in _stored: x *= 2
def double_and_forget_stored():
    double_stored()
    _stored.clear()
def make_array(n): return np.ones(n)
def make_list(n): return [0.5] * n
def keyword(*, x): return x
def draw(rng, n=3): return rng.normal(size=n)
def draw_py(rng): return rng.random()
def same(a, b): return a is b
def apply(f, *args): return f(*args)
def try_apply(f):
    try: return f()
    except Exception as error: return type(error).__name__ + ": " + str(error)
def double(a): a *= 2
def double_named(*, a): a *= 2
def clear(l): l.clear()
def refill(l): l[:] = [1.0, (2, 3)]
def into(d): d["new"] = [1]
def append_own(l): l.append(l[0])
def append_new(l): l.append(Node(9.0))
def append_private(l): l.append(Private())
_kept = np.zeros(3)
_list = []
def kept(): return _kept
def kept_view(): return _kept[:2]
def bump(): _kept[:] += 1.0
def kept_list(): return _list
def grow(): _list.append(1.5)
def fail(kind, *args): raise __builtins__[kind](*args)
def fail_known(): raise Known("gone")
def fail_odd(): raise Odd("odd")
def global_draws(): return _random.random(), float(np.random.random())
"""
PROBES = """
from . import work as module
from .work import Node
import numpy as np
def chain(n):
    node = Node(0.0)
    for _ in range(n): node = Node(node.data + 1, (node,))
    return node
def depth(node):
    n = 0
    while node.parents: n, node = n + 1, node.parents[0]
    return n
def view(a): return bool(np.shares_memory(module.plain(a), a))
"""
CHECK = 'def test_a(solution):\n    """It runs."""\n'
EXPORTS = """Node make again many pair split private plain make_array make_list keyword draw
draw_py same apply try_apply double double_named clear refill into append_own append_new
append_private kept kept_view bump kept_list grow fail fail_known fail_odd
global_draws store store_view double_stored
double_and_forget_stored gone""".split()


@pytest.fixture
def course(lab: Any) -> Course:
    katas = {
        "needed": {"reference": NEEDED, "exports": ["Value"], "checks": CHECK},
        "work": {
            "reference": MODULE, "exports": EXPORTS, "needs": ["needed"], "checks": CHECK,
            "probes": PROBES,
        },
        "other": {"reference": "def h(): pass", "exports": ["h"], "checks": CHECK},
    }  # fmt: skip
    given = {
        "__init__.py": "", "part/__init__.py": "",
        "part/given.py": "class Split:\n    def __init__(self, x): self.x = x\n",
    }  # fmt: skip
    made: Course = lab.course(katas, given=given)
    return made


@pytest.fixture
def s(lab: Any, course: Course) -> Solution:
    made: Solution = lab.talk(course, "work", MODULE)
    return made


# Handles


def test_the_same_object_is_the_same_handle_wherever_it_comes_from(s: Solution) -> None:
    v = s.make(1)
    assert s.again(v) is v
    assert s.pair(v)["own"][0] is v
    assert s.pair(v)[3] == [v]
    assert v.push() is v
    assert s.make(1) is not v
    assert len({v, s.again(v), s.make(1)}) == 2
    node = s.probe.chain(1)
    assert node.parents[0] is node.parents[0]


def test_equality_is_identity_and_never_asks_the_learner(s: Solution) -> None:
    a, b = s.make(1), s.make(1)
    assert a == a
    assert a != b
    assert b not in {a}
    assert hash(a) == hash(s.again(a))
    assert repr(a).startswith("<Node ")


def test_a_handle_is_shown_with_the_numbers_that_were_read_and_without_a_request(
    s: Solution,
) -> None:
    value = s.need("needed").Value(2.0)
    assert repr(value) == "<Value object>"
    value.grad = 1.5
    assert value.data == 2.0
    assert repr(value) == "Value(grad=1.5, data=2)"
    value.push(0.25)
    assert repr(value) == "Value(grad=1.5, data=2)"  # as it was read
    assert value.data == 2.25
    assert repr([value]) == "[Value(grad=1.5, data=2.25)]"


def test_truth_arrays_and_numbers_of_a_handle_are_refused_in_words(s: Solution) -> None:
    v = s.make(1)
    tries: list[Callable[[], Any]] = [
        lambda: bool(v), lambda: np.asarray(v), lambda: float(v), lambda: np.array([v]) if v else 0,
        lambda: [1] if not v else [],
    ]  # fmt: skip
    for act in tries:
        with pytest.raises(CheckFailed, match="got a Node, expected") as failed:
            act()
        assert failed.value.rung == "type"


def test_classes_of_this_kata_of_needed_ones_and_of_given_modules_are_handles(
    s: Solution,
) -> None:
    assert type(s.make(1)) is Handle
    assert type(s.need("needed").Value(2.0)) is Handle
    given = s.split()
    assert type(given) is Handle
    assert given.x.tolist() == [1.0, 1.0]
    with pytest.raises(CheckFailed, match="got an object of the class Private"):
        s.private()


def test_attributes_are_read_and_set_whole(s: Solution) -> None:
    v = s.make(1)
    assert (v.data, v.grad) == (1.0, 0.0)
    v.grad = 2.5
    v.data = np.array([1.0, 2.0])
    v.parents = [v, (v, {"k": v})]
    assert v.grad == 2.5
    assert v.data.tolist() == [1.0, 2.0]
    assert v.parents == [v, (v, {"k": v})]
    with pytest.raises(CheckFailed, match="the Node has no `nothing`") as missing:
        _ = v.nothing
    assert missing.value.rung == "missing"
    with pytest.raises(ValueError, match="no"):
        _ = v.broken
    for name in ("_private", "__len__"):
        with pytest.raises(AttributeError):
            getattr(v, name)


def test_methods_and_the_object_itself_are_called(s: Solution) -> None:
    v = s.make(2)
    assert v.push(step=3.0).data == 5.0
    assert v(2.0, scale=-1.0) == -10.0
    push = v.push
    push()
    assert v.data == 6.0


BINARY = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"]


@pytest.mark.parametrize("name", BINARY)
def test_an_operator_crosses_from_both_sides(s: Solution, name: str) -> None:
    act = getattr(operator, name)
    v = s.make(2)
    others: list[Any] = [3, -1.5, True, np.float64(3), np.float32(3), np.int64(3), np.bool(True)]
    for other in others:
        assert act(v, other).data == (name, 2.0, other)
        assert type(act(v, other).data[2]) is type(other)
        assert act(other, v).data == ("r" + name, other, 2.0)
        assert type(act(other, v).data[1]) is type(other)
    assert act(v, s.make(4)).data == (name, 2.0, 4.0)
    array = np.array([1.0, 2.0])
    for got in (act(v, array).data[2], act(array, v).data[1]):
        np.testing.assert_array_equal(got, array)


def test_the_operators_of_one_side_cross_too(s: Solution) -> None:
    v = s.make(2)
    assert ((-v).data, (+v).data, abs(v).data) == (("neg", 2.0), ("pos", 2.0), ("abs", 2.0))
    assert v[0].data == ("getitem", 0)
    assert v["k", 2].data == ("getitem", ("k", 2))


def test_a_name_that_is_missing_is_said_to_be_missing(s: Solution) -> None:
    with pytest.raises(CheckFailed, match=r"net/part/work.py defines no `gone`") as missing:
        s.gone(1)
    assert missing.value.rung == "missing"
    with pytest.raises(AttributeError, match="does not export `unlisted`"):
        s.unlisted(1)


def test_a_needed_kata_is_reached_and_another_is_not(s: Solution) -> None:
    assert s.need("needed").Value(2.0).data == 2.0
    with pytest.raises(AttributeError, match="does not export `make`"):
        s.need("needed").make(1)
    with pytest.raises(KeyError):
        s.need("other")


def test_probes_run_beside_the_module(s: Solution) -> None:
    node = s.probe.chain(2000)
    assert s.probe.depth(node) == 2000
    assert node.data == 2000.0
    assert s.probe.view(np.ones(2)) is True
    with pytest.raises(CheckFailed, match="defines no `nothing`"):
        s.probe.nothing()


# Values


@pytest.mark.parametrize(
    "value",
    [None, True, 3, 2**80, -0.0, math.inf, 1j, "ä\n", [], [1, [2.5]], (1,), {"a": (1, 2), 1: 0}],
)  # fmt: skip
def test_plain_values_come_back_with_their_types(s: Solution, value: Any) -> None:
    for got in (s.plain(value), s.keyword(x=value)):
        assert got == value
        assert repr(got) == repr(value)


def test_a_result_array_is_read_only(s: Solution) -> None:
    for got in (s.plain(np.ones(3)), s.plain([np.ones(3)])[0], s.split().x):
        with pytest.raises(ValueError, match="read-only"):
            got[0] = 5.0
    assert s.plain(np.ones(3)).copy().flags.writeable


def test_an_argument_that_cannot_cross_is_the_authors_error(s: Solution) -> None:
    from nnkata.sandbox.child.protocol import UnsendableValueError

    with pytest.raises(UnsendableValueError, match="a set"):
        s.plain({1, 2})


# Changes


def test_a_change_of_an_argument_is_seen(s: Solution) -> None:
    a, b = np.arange(3.0), np.ones((2, 2), dtype=np.float32)
    s.double(a)
    s.double_named(a=b)
    assert there(a).tolist() == [0.0, 2.0, 4.0]
    assert there(b).tolist() == [[2.0, 2.0], [2.0, 2.0]]
    view = np.arange(6.0)[::2]
    s.double(view)
    assert there(view).tolist() == [0.0, 4.0, 8.0]
    assert a.tolist() == [0.0, 1.0, 2.0]
    assert view.tolist() == [0.0, 2.0, 4.0]
    items, table = [1, 2], {"a": 1}
    s.clear(items)
    s.into(table)
    assert (there(items), there(table)) == ([], {"a": 1, "new": [1]})
    assert (items, table) == ([1, 2], {"a": 1})
    s.refill(items)
    assert there(items) == [1.0, (2, 3)]


def test_a_change_deep_inside_an_argument_is_seen_through_that_argument(s: Solution) -> None:
    items: list[Any] = [np.arange(3.0), [np.ones(2)]]
    table = {"k": np.arange(3.0)}
    s.apply(s.fn("lambda h: h[0].__imul__(2) is None"), items)
    assert there(items)[0].tolist() == [0.0, 2.0, 4.0]
    s.apply(s.fn("lambda h: h[1][0].__imul__(3) is None"), items)
    assert there(items)[1][0].tolist() == [3.0, 3.0]
    s.apply(s.fn("lambda h: h['k'].__imul__(2) is None"), table)
    assert there(table)["k"].tolist() == [0.0, 2.0, 4.0]
    assert items[0].tolist() == table["k"].tolist() == [0.0, 1.0, 2.0]


def test_a_change_deep_inside_an_argument_is_seen_through_the_member_that_changed(
    s: Solution,
) -> None:
    first, second, inner = np.arange(3.0), np.array([np.nan]), np.ones(2)
    for items in ([first, second, [inner]], (first, second, [inner])):
        s.apply(s.fn("lambda h: h[2][0].__imul__(3) is None"), items)
        assert there(items[2])[0].tolist() == there(inner).tolist() == [3.0, 3.0]
        assert there(first) is first
        assert there(second) is second
    network = first, second
    s.apply(s.fn("lambda h: h[0].__imul__(2) is None"), network)
    assert there(network)[0].tolist() == there(first).tolist() == [0.0, 2.0, 4.0]
    table = {"k": np.arange(3.0), "same": np.ones(1)}
    s.apply(s.fn("lambda h: h['k'].__imul__(2) is None"), table)
    assert there(table["k"]).tolist() == [0.0, 2.0, 4.0]
    assert there(table["same"]) is table["same"]
    both = [np.arange(2.0), np.ones(1)]
    s.apply(s.fn("lambda h: h.pop(0) is None"), both)
    assert there(both[0]) is both[0]


def test_handles_in_an_argument_that_changes_stay_handles(s: Solution) -> None:
    v = s.make(1)
    items: list[Any] = [v]
    s.append_own(items)
    assert there(items) == [v, v]
    s.append_new(items)
    assert there(items)[:1] == [v]
    assert there(items)[1].data == 9.0
    holder = [s.rng(3), 1]
    s.clear(holder)
    assert there(holder) == []


def test_a_change_that_cannot_cross_is_a_change_all_the_same(s: Solution) -> None:
    items: list[Any] = [1]
    s.append_private(items)
    assert there(items) != [1]
    assert s.plain(1) == 1


def test_objects_that_are_looked_at_together_are_each_seen_as_they_are(s: Solution) -> None:
    a, items = np.arange(3.0), [1, 2]
    s.double(a)
    s.clear(items)
    assert_unchanged((1, "x"), (1, "x"))
    pairs: list[tuple[Any, Any]] = [
        ((a, 1), (a.copy(), 1)), ([0, a], [0, a.copy()]), ((items,), ([1, 2],)),
        ([[items]], [[[1, 2]]]),
    ]  # fmt: skip
    for together, before in pairs:
        with pytest.raises(CheckFailed, match="has changed"):
            assert_unchanged(together, before)


def test_a_module_never_sets_what_a_check_computes_from(s: Solution) -> None:
    a = np.arange(3.0)
    s.double(a)
    s.double(a)
    assert a.tolist() == [0.0, 1.0, 2.0]
    with pytest.raises(CheckFailed, match="has changed"):
        assert_unchanged(a, a.copy())


def test_a_result_that_the_module_changes_later_is_seen_too(s: Solution) -> None:
    first, same = s.kept(), s.kept_list()
    copied = first.copy()
    s.bump()
    s.grow()
    assert (there(first).tolist(), copied.tolist(), there(same)) == ([1.0] * 3, [0.0] * 3, [1.5])
    s.plain(None)
    s.bump()
    assert there(first).tolist() == [2.0] * 3
    assert first.tolist() == [0.0] * 3


def test_an_argument_that_the_module_keeps_and_changes_later_is_seen_too(s: Solution) -> None:
    a, b, c = np.arange(3.0), np.ones(2), np.zeros(2)
    s.store(a)
    s.store(x=b)
    s.plain(c)
    for _ in range(100):  # arguments that the module has let go of push no other out
        s.plain(np.ones(3))
    s.double_stored()
    assert (there(a).tolist(), there(b).tolist()) == ([0.0, 2.0, 4.0], [2.0, 2.0])
    assert there(c) is c
    s.plain(None)
    s.double_stored()
    assert there(a).tolist() == [0.0, 4.0, 8.0]
    assert a.tolist() == [0.0, 1.0, 2.0]


def test_what_the_module_changes_and_lets_go_of_in_one_call_is_seen(s: Solution) -> None:
    a = np.arange(3.0)
    s.store(a)
    s.double_and_forget_stored()
    assert there(a).tolist() == [0.0, 2.0, 4.0]


def test_a_view_of_an_argument_is_enough_to_change_it(s: Solution) -> None:
    a = np.arange(4.0)
    s.store_view(a)
    s.plain(None)
    s.double_stored()
    assert there(a).tolist() == [0.0, 2.0, 4.0, 3.0]


def test_a_result_is_watched_as_long_as_the_module_can_change_it(s: Solution) -> None:
    first, view = s.kept(), s.kept_view()
    for _ in range(100):  # results that the module has let go of push no other out
        s.make_array(3)
        s.make_list(9)
    s.bump()
    assert (there(first).tolist(), there(view).tolist()) == ([1.0] * 3, [1.0] * 2)


def test_a_change_stays_known_while_another_check_runs(
    s: Solution, lab: Any, course: Course
) -> None:
    """As with `kata watch --page`, where a thread draws while another checks."""
    a, seen = np.arange(3.0), []
    s.double(a)

    def draw() -> None:
        other = lab.connect(course, "work", MODULE)
        b = np.arange(2.0)
        with other._link:
            other.double(b)
            seen.extend([there(a).tolist(), there(b).tolist()])

    thread = threading.Thread(target=draw)
    thread.start()
    thread.join()
    assert seen == [[0.0, 1.0, 2.0], [0.0, 2.0]], "each check sees its own changes only"
    s.plain(1)
    with pytest.raises(CheckFailed, match="has changed"):
        assert_unchanged(a, np.arange(3.0))


def test_a_long_list_of_handles_crosses_and_is_the_same_afterwards(s: Solution) -> None:
    many = s.many(50)
    kept = list(many)
    assert [v.data for v in many] == list(map(float, range(50)))
    s.plain(many)
    assert many == kept


# Randomness and functions


def test_a_generator_is_made_once_and_goes_on(s: Solution) -> None:
    solved = np.random.default_rng(7)
    rng = s.rng(7)
    assert rng is s.rng(7)
    np.testing.assert_array_equal(s.draw(rng), solved.normal(size=3))
    np.testing.assert_array_equal(s.draw(s.rng(7), n=2), solved.normal(size=2))
    assert s.same(rng, s.rng(7)) is True
    assert s.same(rng, s.rng(8)) is False
    mine = random.Random(7)
    assert s.draw_py(s.py_rng(7)) == mine.random()
    assert s.draw_py(s.py_rng(7)) == mine.random()
    assert s.plain(rng) is rng


def test_generators_with_one_seed_are_told_apart_by_their_number(s: Solution) -> None:
    first, second = s.rng(7), s.rng(7, 1)
    assert s.same(first, second) is False
    np.testing.assert_array_equal(s.draw(first), s.draw(second))
    assert s.draw_py(s.py_rng(7)) == s.draw_py(s.py_rng(7, 1))
    assert s.plain(second) is second is s.rng(7, 1)


def test_the_global_generators_are_seeded_by_the_run(lab: Any, course: Course) -> None:
    draws = [lab.talk(course, "work", MODULE, seed=n).global_draws() for n in (5, 5, 6)]
    assert draws[0] == draws[1] != draws[2]
    seed = worker_seed(course.katas["work"], 5)
    assert draws[0][0] == random.Random(seed).random() != random.Random(5).random()


def test_a_function_given_as_text_runs_there_and_here(s: Solution) -> None:
    f = s.fn("lambda x: float((x ** 2).sum()) + math.pi")
    assert s.apply(f, np.array([1.0, 2.0])) == 5.0 + math.pi == f(np.array([1.0, 2.0]))
    assert s.same(f, f) is True


def test_a_python_function_is_called_back_in_the_check(s: Solution) -> None:
    seen: list[Any] = []

    def record(*args: Any) -> Any:
        seen.append(args)
        return [len(args), args]

    v = s.make(1)
    array = np.array([1.0])
    assert s.apply(record, 1, "a", v)[1][2] is v
    assert s.apply(record)[0] == 0
    assert s.apply(record, array)[1][0].tolist() == [1.0]
    assert seen[0] == (1, "a", v)
    assert not seen[2][0].flags.writeable


def test_an_exception_in_a_called_back_function_reaches_the_module(s: Solution) -> None:
    def fail() -> None:
        raise KeyError("x")

    assert s.try_apply(fail) == "KeyError: 'x'"
    for odd in (
        UnicodeDecodeError("utf-8", b"", 0, 1, "odd"),
        CheckFailed("mine"),
        OSError(2, "no"),
    ):

        def fail_oddly(error: Exception = odd) -> None:
            raise error

        assert type(s.try_apply(fail_oddly)) is str


def test_an_exception_in_a_called_back_function_comes_back_as_it_was(s: Solution) -> None:
    class OwnError(ValueError):
        pass

    for error in (CheckFailed("called with 3"), OwnError("so"), KeyError("k"), OSError(2, "no")):

        def fail(error: Exception = error) -> None:
            raise error

        with pytest.raises(type(error)) as raised:
            s.apply(fail)
        assert raised.value is error
    assert s.plain(1) == 1


def test_a_called_back_function_may_return_what_cannot_cross(s: Solution) -> None:
    assert "UnsendableValueError" in s.try_apply(lambda: {1}) or "a set" in s.try_apply(lambda: {1})
    assert s.plain(1) == 1


def test_a_called_back_function_may_call_the_module(s: Solution) -> None:
    v = s.make(1)

    def inner(x: float) -> Any:
        w = s.make(x) + v
        assert w.data == ("add", x, 1.0)
        if x > 0:
            return s.apply(inner, x - 1.0) + 1.0
        return v.push().data

    assert s.apply(inner, 3.0) == 5.0
    assert v.data == 2.0


def test_a_module_that_is_lost_in_a_nested_call_stays_lost(lab: Any, course: Course) -> None:
    s = lab.talk(course, "work", MODULE + "\nimport os\ndef make(n): os._exit(1)")
    for _ in range(2):
        with pytest.raises(WorkerLostError, match="ended itself"):
            s.apply(lambda: s.make(1))


# Exceptions


@pytest.mark.parametrize(
    "kind", [ValueError, ZeroDivisionError, KeyError, StopAsyncIteration, RecursionError, OSError,
             NotImplementedError, AssertionError, UnicodeError, FloatingPointError, Warning]
)  # fmt: skip
def test_an_exception_is_raised_as_its_built_in_class(s: Solution, kind: type[Exception]) -> None:
    expected = RuntimeError if kind is StopAsyncIteration else kind
    with pytest.raises(expected, match="words") as raised:
        s.fail(kind.__name__, "words")
    assert type(raised.value) is expected


def test_an_own_class_is_raised_as_the_nearest_built_in_one(s: Solution) -> None:
    with pytest.raises(KeyError, match="gone"):
        s.fail_known()
    with pytest.raises(UnicodeError):
        s.fail("UnicodeTranslateError", "x", 0, 1, "bad")  # it takes four arguments


def test_what_is_no_exception_is_a_solution_error(s: Solution) -> None:
    with pytest.raises(SolutionError, match="Odd: odd"):
        s.fail_odd()
    for kind in ("SystemExit", "KeyboardInterrupt", "GeneratorExit"):
        with pytest.raises(SolutionError, match=f"{kind}: words"):
            s.fail(kind, "words")


def test_after_an_exception_the_conversation_goes_on(s: Solution) -> None:
    v = s.make(1)
    with pytest.raises(ValueError, match="x"):
        s.fail("ValueError", "x")
    assert v.push().data == 2.0


def test_checks_cannot_be_caught_out_by_a_broad_except(lab: Any, course: Course) -> None:
    """A lost worker is no `Exception`, so no check can take it for the learner's."""
    s = lab.talk(course, "work", "import os\n" + MODULE + "\ndef plain(x): os._exit(0)")
    with pytest.raises(WorkerLostError), contextlib.suppress(Exception):
        s.plain(1)
