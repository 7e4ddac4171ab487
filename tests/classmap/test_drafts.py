"""A draft of a mistake has the definitions that differ, and verify accepts it."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from nnkata.classmap.confined import Drafter
from nnkata.classmap.draft_code import UndraftableError
from nnkata.classmap.drafts import TO_WRITE, draft_shortest
from nnkata.classmap.records import Difference, FailureGroup
from nnkata.course.definitions import compose
from nnkata.model import Kata
from nnkata.sandbox.pool import WorkerPool

REFERENCE = """
import math


class Value:
    def __init__(self, data):
        self.data = data

    def __add__(self, other):
        return Value(self.data + other.data)

    def __mul__(self, other):
        return Value(self.data * other.data)


def size(x: float) -> float:
    "Return how large x is."
    return _root(x * x)


def _root(x):
    return math.sqrt(x)
"""
GROUP = FailureGroup(
    kind="alike", name="1", count=9, first=9, submissions=["ada"], checks=["adds", "ends"],
    smallest=Difference("adds", "It adds.", "size(2.0)", "4.0", "2.0"),
)  # fmt: skip


@pytest.fixture(scope="module")
def drafter() -> Iterator[Drafter]:
    with WorkerPool() as pool, closing(Drafter(pool)) as made:
        yield made


@pytest.fixture
def kata(lab: Any) -> Kata:
    table = {"reference": REFERENCE, "checks": "", "exports": ["Value", "size"]}
    made: Kata = lab.course({"one": table}).katas["one"]
    return made


def draft(kata: Kata, text: str, drafter: Drafter) -> str:
    return draft_shortest(kata, [textwrap.dedent(text)], GROUP, 80, drafter)


def code(text: str) -> str:
    """Return the code of a draft, below its docstring and comments."""
    return ast.unparse(ast.Module(ast.parse(text).body[1:], []))


def test_a_draft_says_what_is_known_and_marks_what_a_person_has_to_write(
    kata: Kata, drafter: Drafter
) -> None:
    text = draft(kata, REFERENCE.replace("x * x", "x"), drafter)
    assert ast.get_docstring(ast.parse(text)) == TO_WRITE
    assert "TODO" in TO_WRITE
    assert "# Draft: 9 of 80 submissions answer like this.\n" in text
    assert "# They fail adds, ends.\n" in text
    assert "#   size(2.0)\n#   got: 4.0\n#   expected: 2.0\n" in text
    assert code(text) == "def size(x):\n    return _root(x)"


def test_only_the_members_of_a_class_that_differ_are_in_it(kata: Kata, drafter: Drafter) -> None:
    text = draft(kata, REFERENCE.replace("self.data * other", "self.data + other"), drafter)
    assert code(text).startswith("class Value:\n\n    def __mul__(self, other):")
    assert "__add__" not in text


def test_no_comment_and_no_docstring_of_a_person_is_in_it(kata: Kata, drafter: Drafter) -> None:
    wrong = REFERENCE.replace("_root(x * x)", "x  # by Ada").replace(
        "Return how", "Ada returns how"
    )
    assert "Ada" not in draft(kata, wrong, drafter)


def test_a_missing_method_is_deleted_and_an_added_one_that_python_calls_is_kept(
    kata: Kata,
    drafter: Drafter,
) -> None:
    before, _, after = REFERENCE.partition("    def __mul__(self, other):\n")
    wrong = f"{before}    def __neg__(self):\n{after}"
    assert code(draft(kata, wrong, drafter)).splitlines() == [
        "class Value:", "", "    def __neg__(self):",
        "        return Value(self.data * other.data)", "    del __mul__",
    ]  # fmt: skip


def test_helpers_move_into_the_functions_that_use_them(kata: Kata, drafter: Drafter) -> None:
    text = draft(kata, """
        import math
        import statistics

        FACTOR = 3

        class Value:
            def __init__(self, data):
                self.data = data

            def _combine(self, other):
                return Value(self.data - other.data)

            def __add__(self, other):
                return self._combine(other)

            def __mul__(self, other):
                return Value(self.data * other.data)

        def triple(x):
            return FACTOR * statistics.mean([x])

        def size(x):
            return triple(x)
    """, drafter)  # fmt: skip
    module = compose(REFERENCE, text)
    space: dict[str, Any] = {}
    exec(module, space)
    assert space["size"](2.0) == 6.0
    assert (space["Value"](5) + space["Value"](3)).data == 2
    assert not {"triple", "FACTOR"} & space.keys()
    assert not hasattr(space["Value"], "_combine")
    assert "import statistics" in text


def test_what_cannot_be_moved_is_said(kata: Kata, drafter: Drafter) -> None:
    wrong = REFERENCE.replace("def __mul__", "def _times").replace(
        "def __init__(self, data):", "__mul__ = property(lambda self: self._times)\n"
        "    def __init__(self, data):"
    )  # fmt: skip
    with pytest.raises(UndraftableError, match="it uses _times, which the reference does not have"):
        draft(kata, wrong, drafter)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (REFERENCE, "its definitions are those of a correct solution"),
        ("def f(:\n", "Python cannot read it: SyntaxError"),
        ("0\n" * 100_001, "it is longer than 200000 characters"),
    ],
)
def test_without_a_difference_there_is_no_draft(
    kata: Kata, drafter: Drafter, text: str, words: str
) -> None:
    with pytest.raises(UndraftableError, match=words):
        draft(kata, text, drafter)


def test_the_shortest_draft_of_a_group_is_taken(kata: Kata, drafter: Drafter) -> None:
    long = REFERENCE.replace("x * x", "x + 0 + 0 + 0 + 0")
    short = REFERENCE.replace("x * x", "x")
    assert draft_shortest(kata, ["def f(:", long, short], GROUP, 80, drafter) == draft(
        kata, short, drafter
    )
    with pytest.raises(UndraftableError, match="no module of the group"):
        draft_shortest(kata, [], GROUP, 80, drafter)


def test_what_makes_no_difference_is_left_out(kata: Kata, drafter: Drafter) -> None:
    """The draft is run: here, whatever does not contain the wrong sum answers otherwise."""
    wrong = REFERENCE.replace("self.data * other", "other.data * self").replace(
        "self.data + other.data", "other.data + self.data + 1"
    )
    wrong = wrong.replace("_root(x * x)", "fabs(x)").replace("import math", "from math import fabs")
    wrong = wrong[: wrong.index("def _root")]
    runs: list[str] = []

    def reproduces(module: str) -> bool:
        runs.append(module)
        return "self.data + 1" in module

    text = draft_shortest(kata, [wrong], GROUP, 80, drafter, reproduces)
    assert code(text) == (
        "class Value:\n\n    def __add__(self, other):\n"
        "        return Value(other.data + self.data + 1)"
    )
    assert "# It was run, and gives the same answers.\n" in text
    assert all(compile(module, "module", "exec") for module in runs)


def test_a_draft_that_answers_otherwise_is_whole_and_says_so(kata: Kata, drafter: Drafter) -> None:
    wrong = REFERENCE.replace("x * x", "x").replace("self.data * other", "other.data * self")
    text = draft_shortest(kata, [wrong], GROUP, 80, drafter, lambda _: False)
    assert "__mul__" in text
    assert "def size" in text
    assert "# With the reference's modules, it gives different answers" in text


def test_a_variant_is_the_base_where_that_takes_less(kata: Kata, drafter: Drafter) -> None:
    variant = REFERENCE.replace("_root(x * x)", "abs(x)").replace("Value(self", "type(self)(self")
    (kata.folder / "variants").mkdir()
    (kata.folder / "variants" / "by-abs.py").write_text(variant, encoding="utf-8")
    text = draft(kata, variant.replace("abs(x)", "-abs(x)"), drafter)
    assert code(text) == "base = 'variants/by-abs'\n\ndef size(x):\n    return -abs(x)"


def test_values_with_quotes_and_other_letters_cannot_end_a_comment(
    kata: Kata, drafter: Drafter
) -> None:
    group = FailureGroup(
        kind="alike", name="1", count=2, first=2, submissions=[], checks=[],
        smallest=Difference("c", "s", 'f("""\u2028x""")\nf(1)', "\x1b[31m\rimport os", None),
    )  # fmt: skip
    text = draft_shortest(kata, [REFERENCE.replace("x * x", "x")], group, 2, drafter)
    assert code(text) == "def size(x):\n    return _root(x)"
    assert text.isascii()
    assert "\x1b" not in text
    assert "\r" not in text
