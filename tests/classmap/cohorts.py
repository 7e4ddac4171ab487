"""Cohorts that the tests of the class map make: verdicts, and folders of submissions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nnkata.model import Diagnosis, Outcome, Protection, Verdict, Verdicts

PROTECTION = Protection(2, "Landlock", "none", "none", "400 MiB", True)


def outcome(check: str, answers: str | None = None, **fields: Any) -> Outcome:
    """Return the outcome of a check: passed, or failed with the hash of the answers."""
    if answers is None and "outcome" not in fields:
        return Outcome(check=check, sentence=f"It {check}.", outcome="passed", points=1)
    known = {"outcome": "failed", "call": f"f({check})", "got": "1", "expected": "2"}
    return Outcome(check=check, sentence=f"It {check}.", behaviour=answers, **(known | fields))


def verdict(name: str, *outcomes: Outcome, kata: str = "k", **fields: Any) -> Verdict:
    """Return a verdict; it passes if all its outcomes do."""
    known: dict[str, Any] = {"sha256": {"module": f"text of {name}", "checks": "one"}, "seed": 7}
    return Verdict(
        submission=name,
        kata=kata,
        module=f"part/{kata}.py",
        passed=bool(outcomes) and all(o.outcome == "passed" for o in outcomes),
        points=0,
        max_points=len(outcomes),
        outcomes=list(outcomes),
        **(known | fields),
    )


def known(mistake: str, *checks: str) -> Diagnosis:
    """Return the diagnosis of a mistake that explains these checks."""
    return Diagnosis(mistake, f"{mistake} is wrong.\n\nMore.", len(checks), list(checks))


def result(*verdicts: Verdict, **fields: Any) -> tuple[Path, Verdicts]:
    """Return a result, as it is read from a file."""
    whole: dict[str, Any] = {
        "engine": "1",
        "course": "tiny",
        "seed": 7,
        "protection": PROTECTION,
    } | fields
    return Path("result.json"), Verdicts(verdicts=list(verdicts), **whole)


def hand_in(folder: Path, name: str, module: str, text: str) -> None:
    """Write the module of a submission, in the package net."""
    path = folder / name / "net" / module
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
