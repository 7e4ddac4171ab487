"""Below the first failure, a verdict says how many other checks fail, and how to see them."""

from __future__ import annotations

import io

import pytest

from nnkata.model import NOT_WRITTEN, Outcome, TracebackFrame, Verdict
from nnkata.reporters.terminal import Detail, write_verdict
from nnkata.text.layout import FileWriter

SEE = "To see each of them: `kata check one --all`"


def failure(name: str, raised: str | None = None) -> Outcome:
    """Return a failing check; with `raised`, the exception of that name ended it."""
    frames = [TracebackFrame("net/one.py", 3, "f", "x")] if raised else []
    return Outcome(
        check=name, sentence="A.", outcome="error" if raised else "failed", got="1", expected="2",
        raised=raised, message=raised, frames=frames,
    )  # fmt: skip


def rest(*outcomes: Outcome, whole: bool = False) -> str:
    """Return the last paragraph of a verdict, on one line."""
    verdict = Verdict(
        submission="me", kata="one", module="one.py", passed=False, points=0, max_points=9,
        outcomes=list(outcomes),
    )  # fmt: skip
    out = io.StringIO()
    write_verdict(FileWriter(out), verdict, Detail(whole=whole))
    return " ".join(out.getvalue().strip().split("\n\n")[-1].split())


@pytest.mark.parametrize(
    ("others", "line"),
    [
        ([failure("b")], "1 more check fails."),
        ([failure("b"), failure("c")], "2 more checks fail."),
        (
            [failure("b"), failure("c", NOT_WRITTEN)],
            "1 more check fails, 1 more check calls a function that is not written yet.",
        ),
        (
            [failure("c", NOT_WRITTEN), failure("d", NOT_WRITTEN)],
            "2 more checks call a function that is not written yet.",
        ),
    ],
)
def test_the_others_are_counted_in_words(others: list[Outcome], line: str) -> None:
    assert rest(failure("a"), *others) == f"{line} {SEE}"


def test_checks_that_end_with_the_same_error_are_counted_as_such() -> None:
    same = [failure(name, "ValueError") for name in "abc"]
    assert (
        rest(*same, failure("d"))
        == f"2 more checks fail with this error, 1 more check fails. {SEE}"
    )


def test_a_check_that_was_not_run_is_counted() -> None:
    skipped = Outcome(check="b", sentence="B.", outcome="not_run", message="it is slow")
    assert rest(failure("a"), skipped) == "1 more check was not run: it is slow"
