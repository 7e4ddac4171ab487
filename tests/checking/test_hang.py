"""A module that does not come back is told in which line it was."""

from __future__ import annotations

from typing import Any

import pytest

from nnkata.checking.hang import split_trace
from nnkata.model import Course

CHECK = """
    def test_ends(solution):
        \"\"\"f ends.\"\"\"
        assert solution.f(2) == 4
"""
LOOPS = """
def f(x):
    return helper(x)

def helper(x):
    while True:
        x = x + 1
"""


@pytest.fixture
def course(lab: Any) -> Course:
    kata = {"reference": "def f(x): return 2 * x\n", "exports": ["f"], "checks": CHECK,
            "limits": {"seconds": 1.0}}  # fmt: skip
    made: Course = lab.course({"a": kata})
    return made


def test_the_line_where_a_module_hangs_is_shown(lab: Any, course: Course) -> None:
    (outcome,) = lab.verdict(course, "a", LOOPS).outcomes
    assert outcome.outcome == "timeout"
    *_, last = outcome.frames
    assert (last.file, last.function) == ("net/part/a.py", "helper")
    assert last.line in (6, 7)
    assert last.text in ("while True:", "x = x + 1")
    assert [frame.function for frame in outcome.frames] == ["f", "helper"]


@pytest.mark.parametrize(
    "trick",
    [
        "import signal; signal.signal(signal.SIGUSR1, signal.SIG_IGN)",
        "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])",
        "import faulthandler, signal; faulthandler.unregister(signal.SIGUSR1)",
        "import signal; signal.signal(signal.SIGUSR1, lambda *_: helper(1))",
    ],
)
def test_one_that_will_not_say_is_stopped_all_the_same(
    trick: str, lab: Any, course: Course
) -> None:
    (outcome,) = lab.verdict(course, "a", f"{trick}\n{LOOPS}").outcomes
    assert outcome.outcome in ("timeout", "crash", "error")
    assert outcome.points == 0


def test_what_is_printed_in_that_form_is_only_words() -> None:
    forged = (
        'mine\nStack (most recent call first):\n  File "net/a.py", line 99999999999999 in f\n'
        '  File "/etc/passwd", line 1 in g\n  File "net/b.py", line 1 in h\n'
    )
    output, frames = split_trace(forged, "net", {"b.py": "x = 1\n"})
    assert output == "mine"
    assert [(f.file, f.text) for f in frames] == [("net/b.py", "x = 1"), ("net/a.py", "")]
    assert split_trace(None, "net", {}) == (None, [])
    assert split_trace("plain", "net", {}) == ("plain", [])
