"""One result of a grading, and every report of it; `python tests/reporters/make_golden.py` writes
them to golden/, where test_golden.py compares them with what is made now."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from msgspec.structs import replace

from nnkata.gradebook.fill import ColumnMapping, FilledExport, canvas_mapping, moodle_mapping
from nnkata.gradebook.fill import fill as fill_marks
from nnkata.gradebook.marks import compute_marks
from nnkata.gradebook.records import snapshot_of
from nnkata.model import (
    Diagnosis,
    LoadFailure,
    Outcome,
    OutcomeName,
    Protection,
    Rejection,
    TracebackFrame,
    Verdict,
    Verdicts,
)
from nnkata.reporters import classroom50, github_annotations, nnkata_reporters

GOLDEN = Path(__file__).parent / "golden"
FILES = {
    "terminal": "terminal.txt",
    "json": "json.json",
    "junit": "junit.xml",
    "github-summary": "github-summary.md",
    "github-annotations": "github-annotations.txt",
    "gradescope": "gradescope.json",
    "classroom50": "classroom50.json",
    "gitlab": "gitlab.json",
    "html": "html.html",
}
ONE_SUBMISSION = ("gradescope", "classroom50")
RUNNER = {
    "CLASSROOM": "deep-learning",
    "ASSIGNMENT": "week-3",
    "ASSIGNMENT_TYPE": "individual",
    "OWNER": "ada",
    "SUBMISSION_TAG": "submit/2026-11-20T12-00-00Z-a1b2c3d",
    "COMMIT_URL": "https://github.com/x/deep-learning-week-3-ada/commit/a1b2c3d",
    "RELEASE_URL": "https://github.com/x/deep-learning-week-3-ada/releases/tag/y",
}
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Week 2 (76),Week 3 (77),Final Score
,,,,,,Manual Posting,
    Points Possible,,,,,10.00,11.00,(read only)
"Lovelace, Ada",11,s11,ada,"Monday, early",9,,82
"Hopper, Grace",12,s12,grace@example.org,Friday,=1+1,3,91
"Noether, Emmy",13,s13,emmy,Friday,,EX,
Test Student,14,,,Friday,,,
"""
MOODLE = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade),\
Feedback comments\r
Participant 501,Ada Lovelace,ada,Submitted,,11.00,-,\r
Participant 502,Grace Hopper,Grace@example.org,Submitted,3.00,11.00,"Friday, 20 November 2026",old\r
Participant 503,Emmy Noether,emmy@example.org,Submitted,,11.00,-,\r
"""


def check(name: str, outcome: OutcomeName, **more: object) -> Outcome:
    """Return the outcome of a check."""
    made = Outcome(check=name, sentence=f"{name.replace('_', ' ').capitalize()}.", outcome=outcome)
    points = 1 if outcome == "passed" else 0
    return replace(made, points=points, seconds=0.012, **more)


def kata(submission: str, name: str, module: str, outcomes: list[Outcome]) -> Verdict:
    """Return the verdict on a kata."""
    return Verdict(
        submission=submission,
        kata=name,
        module=module,
        passed=all(o.outcome == "passed" for o in outcomes),
        points=sum(o.points for o in outcomes),
        max_points=sum(o.max_points for o in outcomes),
        outcomes=outcomes,
        seed=7,
        sha256={"module": "ab" * 32, "checks": "cd" * 32},
    )


ADA = [
    replace(
        kata(
            "ada",
            "softmax",
            "forward/softmax.py",
            [
                check("gives_probabilities", "passed"),
                check(
                    "survives_large_scores",
                    "failed",
                    call="softmax(np.array([[0., 1000.]]))",
                    got="np.array([[0., nan]])",
                    expected="np.array([[0., 1.]])",
                    message="got nan at index [0, 1], expected 1.0 (1 of 2 is not finite)",
                    rung="finite",
                    output="overflow encountered in exp\n",
                ),
                check(
                    "refuses_text",
                    "error",
                    call="softmax('scores')",
                    message="TypeError: can only concatenate str",
                    rung="raised",
                    raised="TypeError",
                    frames=[
                        TracebackFrame("mynn/forward/softmax.py", 12, "softmax", "z = z + 'x'")
                    ],
                ),
            ],
        ),
        diagnoses=[
            Diagnosis("global-max", "One maximum is taken for all rows, where each has its own.", 1)
        ],
        score=0.9,
        score_reason="1 day late: 90% of 1 points",
    ),
    replace(
        kata(
            "ada",
            "topological-sort",
            "autograd/topological_sort.py",
            [
                check("ends", "timeout", message="it was stopped after 5 seconds"),
                check("keeps_alive", "crash", message="it was ended by SIGSEGV"),
                check("stays_small", "limit", message="it wanted more than 2048 MiB"),
                check("names_nodes", "broken", message="NameError: name 'nodes' is not defined"),
                check("is_fast", "not_run", message="the kata's 120 seconds were used up"),
            ],
        ),
        borrowed=["value"],
        search_ended="the time of this kata is used up: 120 s",
        score=0.0,
        score_reason="1 day late: 90% of 0 points",
    ),
    replace(
        kata("ada", "he-init", "init/schemes.py", [check("he_normal", "not_run")]),
        load=LoadFailure("syntax", "invalid syntax", "init/schemes.py", 3),
        score=0.0,
        score_reason="1 day late: 90% of 0 points",
    ),
    replace(
        kata(
            "ada",
            "relu",
            "forward/relu.py",
            [
                check(
                    "relu",
                    "error",
                    message="kata relu: relu is not written yet",
                    raised="NotImplementedError",
                )
            ],
        ),
        score=0.0,
        score_reason="1 day late: 90% of 0 points",
    ),
    replace(
        kata("ada", "loss", "forward/loss.py", [check("falls", "failed", message="0 is not 1")]),
        blame="softmax",
        score=0.0,
        score_reason="1 day late: 90% of 0 points",
    ),
]


def right(verdict: Verdict) -> Verdict:
    """Return a verdict in which everything passes."""
    outcomes = [check(o.check, "passed") for o in verdict.outcomes]
    made = kata("grace@example.org", verdict.kata, verdict.module, outcomes)
    return replace(made, score=float(made.points), score_reason="in time")


RESULT = Verdicts(
    engine="0.1.0",
    course="nn_from_scratch",
    package="mynn",
    seed=7,
    protection=Protection(2, "Landlock ABI 7", "seccomp", "seccomp", "2048 MiB", True),
    verdicts=[*ADA, *map(right, ADA)],
    refused=[Rejection("mynn/../../etc/passwd", "a name that leads out of the archive", "ada")],
    environment={"python": "3.11.7", "numpy": "2.4.6"},
)
SOUND = replace(
    RESULT,
    verdicts=[
        replace(v, outcomes=[o for o in v.outcomes if o.outcome != "broken"])
        for v in RESULT.verdicts
    ],
)
"""The same without the check that broke, with which there are no marks for a gradebook."""


def fill(export: str, result: Verdicts, mapping: ColumnMapping) -> FilledExport:
    """Return an exported file with the marks of a result."""
    return fill_marks(export, compute_marks(snapshot_of(result)), mapping)


def only(result: Verdicts, submission: str) -> Verdicts:
    """Return the result of one submission."""
    return replace(
        result,
        verdicts=[v for v in result.verdicts if v.submission == submission],
        refused=[r for r in result.refused if r.submission == submission],
    )


@contextmanager
def fixed() -> Iterator[None]:
    """Stop the clock, draw the same token, and stand in for Classroom 50's runner."""
    noon = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    with (
        mock.patch.dict(os.environ, RUNNER),
        mock.patch.object(classroom50, "now", return_value=noon),
        mock.patch.object(github_annotations, "new_token", return_value="0123456789abcdef" * 2),
    ):
        yield


def report(name: str, result: Verdicts) -> str:
    """Return what a reporter writes."""
    out = io.StringIO()
    with fixed():
        nnkata_reporters()[name](result, out)
    return out.getvalue()


def reports() -> dict[str, str]:
    """Return the text of every golden file."""
    made = {
        file: report(name, only(RESULT, "ada") if name in ONE_SUBMISSION else RESULT)
        for name, file in FILES.items()
    }
    made["terminal-one.txt"] = report("terminal", only(RESULT, "ada"))
    made["canvas.csv"] = fill(CANVAS, SOUND, canvas_mapping("Week 3 (77)")).text
    made["moodle.csv"] = fill(MOODLE, SOUND, moodle_mapping(None, None)).text
    return made


def main() -> None:
    """Write the golden files."""
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.iterdir():
        old.unlink()
    for file, text in reports().items():
        (GOLDEN / file).write_bytes(text.encode())


if __name__ == "__main__":
    main()
