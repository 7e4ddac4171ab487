"""Results to record: made by hand, or of a tiny course."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace

from nnkata.gradebook import schema
from nnkata.gradebook.database import Database
from nnkata.gradebook.records import GradedSubmission, GradingRun
from nnkata.model import NeedsPerson, Outcome, OutcomeName, Protection, Verdict

RIGHT = "def f(x): return 2 * x\n"
WRONG = "def f(x): return x\n"
SLOW = "import time\ndef f(x):\n    time.sleep(0.3)\n    return 2 * x\n"
KATA = {
    "reference": RIGHT, "exports": ["f"],
    "checks": (
        "def test_doubles(solution, rng):\n"
        '    """f doubles."""\n'
        "    x = int(rng.integers(1, 1000))\n"
        "    assert solution.f(x) == 2 * x\n"
    ),
}  # fmt: skip
CLOCKS = ("recorded_at", "seconds", "memory")
RUN = GradingRun(
    course="tiny",
    engine="0.1.0",
    seed=1,
    package="net",
    environment={"python": "3.11.7"},
    protection=Protection(2, "none", "none", "none", "400 MiB", True),
)
LATER = replace(RUN, seed=2)


def hand_in(folder: Path, text: str = RIGHT, module: str = "one") -> None:
    path = folder / "net" / "part" / f"{module}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def cohort(folder: Path, count: int, text: str = RIGHT) -> None:
    """Write submissions of two kinds, each of them with a module of its own."""
    for number in range(count):
        hand_in(folder / f"s{number:02d}", f"# {number}\n{(text, WRONG)[number % 3 == 0]}")


def verdict(submission: str, kata: str, *outcomes: OutcomeName, **more: Any) -> Verdict:
    """Return a verdict with a point for each check that passed."""
    checks = [
        Outcome(
            check=f"test_{number}",
            sentence=f"Sentence {number}.",
            outcome=outcome,
            points=int(outcome == "passed"),
            seconds=0.25,
        )
        for number, outcome in enumerate(outcomes, 1)
    ]
    points = sum(check.points for check in checks)
    made = Verdict(
        submission=submission,
        kata=kata,
        module=f"part/{kata}.py",
        passed=points == len(checks),
        points=points,
        max_points=len(checks),
        outcomes=checks,
        sha256={"module": submission, "checks": "c"},
    )
    return replace(made, **more)


def graded(name: str, *verdicts: Verdict, **more: Any) -> GradedSubmission:
    return GradedSubmission(submission=name, verdicts=list(verdicts), **more)


def unread(name: str, reason: str = "the archive is damaged") -> GradedSubmission:
    person = NeedsPerson(name, reason, f"/handed-in/{name}", "ask for a new one")
    return GradedSubmission(submission=name, needs_person=person)


def rows(url: str) -> dict[str, list[str]]:
    """Return every row of every table, without what a clock says.

    What limits workers had is left out too: a run knows it in its end.
    """
    found = {}
    with Database(url, create=False).read() as connection:
        for table in schema.metadata.sorted_tables:
            found[table.name] = sorted(
                json.dumps(without_clocks(dict(row)), sort_keys=True, default=str)
                for row in connection.execute(sa.select(table)).mappings()
            )
    return found


def without_clocks(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k not in CLOCKS}
        return {str(k): without_clocks(v) for k, v in kept.items()}
    if isinstance(value, list):
        return [without_clocks(item) for item in value]
    return value
