"""A failing verdict names the part of a result that it is about: an entry, an item, a member."""

from __future__ import annotations

from typing import Any

import pytest

from nnkata.checking.transcript import Exchange, Place, place_of

REFERENCE = """
import numpy as np
class Pair:
    def __init__(self): self.left, self.right = 1.5, 2.5
def named(x): return {"dW": np.array([x]), "db": x, "norms": [x, (x, {"all": x + 1.0})], "n": 3}
def three(x): return x, 2.0 * x, np.array([x])
def pair(): return Pair()
"""
CHECKS = '''import numpy as np
def test_entry(solution):
    """The entry db is twice x."""
    got = solution.named(4.0)
    solution.three(1.0)
    assert_close(got["dW"], np.array([4.0]))
    assert_close(got["db"], 8.0)

def test_array(solution):
    """The entry dW is twice x."""
    assert_close(solution.named(4.0)["dW"], np.array([8.0]))

def test_nested(solution):
    """The sum of all is x."""
    assert_close(solution.named(4.0)["norms"][1][1]["all"], 4.0)

def test_plain(solution):
    """The entry db is 8, by a plain assert."""
    got = solution.named(4.0)
    assert got["db"] == 8.0

def test_item(solution):
    """The second result is x."""
    one, two, three = solution.three(4.0)
    assert_close(one, 4.0)
    assert_close(two, 4.0)

def test_whole(solution):
    """All three are compared at once."""
    assert_close(solution.three(4.0)[:2], (4.0, 4.0))

def test_shared(solution):
    """An integer is not traced: Python shares small ones."""
    assert solution.named(4.0)["n"] == 4

def test_member(solution):
    """The right of a pair is 3.5."""
    assert_close(solution.pair().right, 3.5)

def test_probe(solution):
    """The entry of what a probe returned."""
    assert_close(solution.probe.sums(2.0)["right"], 1.0)
'''


@pytest.mark.parametrize(
    ("check", "call"),
    [
        ("entry", "named(4.0)['db']"),
        ("array", "named(4.0)['dW']"),
        ("nested", "named(4.0)['norms'][1][1]['all']"),
        ("plain", "named(4.0)['db']"),
        ("item", "three(4.0)[1]"),
        ("whole", "three(4.0)"),
        ("shared", "named(4.0)"),
        ("member", "p1 = pair()\np1.right"),
        ("probe", "probe.sums(x=2.0)['right']"),
    ],
)
def test_the_call_of_a_failure_ends_with_the_part_that_is_wrong(
    check: str, call: str, lab: Any
) -> None:
    kata = {
        "reference": REFERENCE, "exports": ["named", "three", "pair", "Pair"], "checks": CHECKS,
        "probes": "def sums(x):\n    return {'left': x, 'right': 2.0 * x}\n",
    }  # fmt: skip
    verdict = lab.verdict(lab.course({"a": kata}), "a", REFERENCE)
    outcome = next(o for o in verdict.outcomes if o.check == check)
    assert outcome.outcome == "failed"
    assert outcome.call == call


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("steps(np.ones(2), 3, 0.1)", "steps(np.array([1., 1.]), count=3, lr=0.1)"),
        ("steps(3, np.ones(2), 0.1)", "steps(x=3, count=np.array([1., 1.]), lr=0.1)"),
        ("steps([3], [4.5])", "steps(x=[3], count=[4.5])"),
        ("steps(np.ones(1), np.ones(1))", "steps(np.array([1.]), np.array([1.]))"),
        ("steps(np.ones(1), lr=4)", "steps(np.array([1.]), lr=4)"),
        ("steps(np.ones(1), True)", "steps(np.array([1.]), count=True)"),
        ("steps(np.ones(1), 'both')", "steps(np.array([1.]), count='both')"),
        ("several(1, 2, 3)", "several(1, 2, 3)"),
        ("several(1)", "several(first=1)"),
        ("unnamed(1, 2)", "unnamed(1, 2)"),
    ],
)
def test_bare_numbers_in_a_call_of_a_probe_are_shown_with_their_names(
    call: str, shown: str, lab: Any
) -> None:
    kata = {
        "reference": "def f(): return 1\n", "exports": ["f"],
        "checks": "import numpy as np\n"
        f"def test_a(solution):\n    'A.'\n    assert solution.probe.{call} == [0.5]\n",
        "probes": "def steps(x, count=1, lr=1.0):\n    return [1.5]\n"
        "def several(first, *more):\n    return [1.5]\n"
        "def unnamed(a, b, /):\n    return [1.5]\n",
    }  # fmt: skip
    verdict = lab.verdict(lab.course({"a": kata}), "a", "def f(): return 1\n")
    assert verdict.outcomes[0].call == f"probe.{shown}"


def exchange(value: Any) -> Exchange:
    return Exchange(1, "call", ["f", 0, "f"], [], {}, [], value)


def test_the_last_reply_that_is_the_value_is_found_before_any_part() -> None:
    value = [1.5]
    transcript = [exchange({"a": value}), exchange(value), exchange({"b": [value]})]
    assert place_of(value, transcript) == Place(1)
    assert place_of(value[0], transcript) == Place(2, "['b'][0][0]")


@pytest.mark.parametrize("value", [None, True, 3, "", "a", ()])
def test_values_that_python_shares_are_not_traced_to_a_part(value: Any) -> None:
    assert place_of(value, [exchange([value])]) is None
