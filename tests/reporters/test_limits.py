"""A report of many submissions is no longer than its reader takes, and counts the rest."""

from __future__ import annotations

import io
import json
import re

import pytest
from msgspec.structs import replace

from nnkata.errors import KataError
from nnkata.model import Diagnosis, Outcome, Rejection, Verdicts
from nnkata.reporters import nnkata_reporters
from nnkata.reporters.terminal import Detail, write_outcome, write_verdict
from nnkata.text.layout import FileWriter

from .make_golden import ADA, RESULT, fixed, only
from .readers import read_commands, read_summary, read_terminal


def many(number: int) -> Verdicts:
    """Return the result of a group in which all hand in the same."""
    return replace(
        RESULT,
        verdicts=[replace(v, submission=f"student {n}") for n in range(number) for v in ADA],
        refused=[Rejection("a", "a link", f"student {n}") for n in range(number)],
    )


def written(name: str, result: Verdicts) -> str:
    out = io.StringIO()
    nnkata_reporters()[name](result, out)
    return out.getvalue()


@pytest.mark.parametrize("number", [1, 300, 1500, 30_000])
def test_a_summary_is_at_most_a_mebibyte_and_counts_what_it_leaves_out(number: int) -> None:
    text = written("github-summary", many(number))
    assert len(text.encode()) <= 1_048_576
    rows = len(re.findall("^[|] `student", text, re.M))
    told = len(re.findall("^<details><summary>", text, re.M))
    left = re.search(r"(\d+) rows of the table, and the details of (\d+) sub", text)
    rows_left, told_left = map(int, left.groups()) if left else (0, 0)
    assert rows + rows_left == number
    assert told + told_left == number
    assert (left is None) == (number < 1000)
    if number < 1000:
        read_summary(text)


def test_the_worst_submission_comes_first() -> None:
    for name in ("terminal", "html", "github-summary"):
        text = written(name, RESULT)
        assert text.index("ada") < text.index("grace@")


def test_ten_annotations_of_a_kind_are_written_and_the_rest_is_counted() -> None:
    text = written("github-annotations", many(5))
    kinds = [name for name, *_ in read_commands(text)]
    assert kinds.count("error") == 10
    assert "::error title=31 more::31 more of this kind" in text


def test_one_submission_is_annotated_at_its_lines() -> None:
    text = written("github-annotations", only(RESULT, "ada"))
    assert "::error file=mynn/forward/softmax.py,line=12,title=softmax::Refuses text." in text
    assert "::error file=mynn/init/schemes.py,line=3,title=he-init::invalid syntax" in text


def test_a_terminal_shows_two_hundred_submissions_in_a_few_lines_each() -> None:
    text = written("terminal", many(200))
    read_terminal(text)
    assert "200 submissions · 0 pass every kata\n" in text  # a check is broken: there is no mark
    assert "  200 x softmax: One maximum is taken" in text


def test_findings_of_gitlab_have_fingerprints_of_their_own() -> None:
    findings = json.loads(written("gitlab", many(20)))
    prints = [finding["fingerprint"] for finding in findings]
    assert len(set(prints)) == len(prints)
    assert findings[1]["location"] == {
        "path": "student 0/mynn/forward/softmax.py",
        "lines": {"begin": 12},
    }


def test_a_first_failure_and_its_cause_fit_on_a_screen_whatever_their_length() -> None:
    rows = "\n".join(f"[{n}, {', '.join(['0.5'] * 12)}]" for n in range(30))
    long = Outcome(
        check="a", sentence="A sentence. " * 10, outcome="failed", message="Words. " * 20,
        call=f"f(\n{rows}\n)", got=rows, expected=rows, output=rows,
    )  # fmt: skip
    cause = Diagnosis("mistake", "A cause. " * 60, 1, ["a"])
    verdict = replace(
        ADA[0], passed=False, points=0, load=None, blame=None, outcomes=[long], diagnoses=[cause]
    )
    for width in (80, 120):
        out = io.StringIO()
        write_verdict(FileWriter(out, width), verdict, Detail("failing.py", "mynn"))
        text = out.getvalue()
        lines = sum(max(1, -(-len(line) // width)) for line in text.splitlines())
        assert lines + 2 <= 40, text  # below it are an empty line and the next step
        assert " ".join(text.split()).count("A cause.") == 60
        assert "kata run failing.py" in text
        whole = io.StringIO()
        write_verdict(FileWriter(whole, width), verdict, Detail("failing.py", "mynn", whole=True))
        assert len(whole.getvalue()) > len(text)


@pytest.mark.parametrize(
    ("expected", "message", "lines"),
    [
        (None, "got a generator", ["got       a generator"]),
        (
            "a list",
            "got a generator, expected a list",
            ["got       a generator", "expected  a list"],
        ),
        ("a list", "Words.", ["got       a generator", "expected  a list", "Words."]),
    ],
)
def test_what_was_got_is_written_once(expected: str | None, message: str, lines: list[str]) -> None:
    failed = Outcome(
        check="a", sentence="A.", outcome="failed", message=message, got="a generator",
        expected=expected,
    )  # fmt: skip
    out = io.StringIO()
    write_outcome(FileWriter(out, 80), failed)
    assert [line.strip() for line in out.getvalue().splitlines() if line.strip()][1:] == lines


def test_no_line_of_a_shortened_call_is_wider_than_the_screen() -> None:
    lines = "\n".join(
        f"net.method_{n}({', '.join(f'argument_{k}' for k in range(12))})" for n in range(20)
    )
    long = Outcome(check="a", sentence="A sentence.", outcome="failed", call=lines)
    out = io.StringIO()
    verdict = replace(ADA[0], outcomes=[long], diagnoses=[])
    write_verdict(FileWriter(out, 60), verdict, Detail("failing.py", "mynn"))
    assert max(map(len, out.getvalue().splitlines())) <= 60
    assert "net.method_19(" in out.getvalue()


def test_the_file_of_a_failing_call_is_named_below_this_call_only() -> None:
    long = [
        Outcome(check=name, sentence=name, outcome="failed", call="\n".join([f"{name}()"] * 30))
        for name in ("one", "two")
    ]
    verdict = replace(
        ADA[0], passed=False, points=0, load=None, blame=None, outcomes=long, diagnoses=[]
    )
    out = io.StringIO()
    write_verdict(FileWriter(out, 80), verdict, Detail("failing.py", "mynn", whole=True))
    assert out.getvalue().count("kata run failing.py") == 1
    assert out.getvalue().count("two()") == 30


def test_probe_is_explained_where_a_call_uses_it_first() -> None:
    calls = ("f(1)", "probe.trend(net)", "probe.size(net)")
    outcomes = [Outcome(check=c, sentence=c, outcome="failed", call=c) for c in calls]
    explained = "    probe: help(probe.trend) in `kata run --kata failing`\n"
    for shown, whole, count in (
        (outcomes[:1], True, 0),
        (outcomes[1:], False, 1),
        (outcomes, True, 1),
        (outcomes, False, 0),  # the first failure does not use it
    ):
        verdict = replace(ADA[0], outcomes=shown, diagnoses=[])
        out = io.StringIO()
        write_verdict(FileWriter(out, 80), verdict, Detail("failing.py", "mynn", whole))
        assert out.getvalue().count("probe: ") == out.getvalue().count(explained) == count
    out = io.StringIO()
    write_verdict(FileWriter(out, 80), replace(ADA[0], outcomes=outcomes[1:], diagnoses=[]))
    assert "probe: " not in out.getvalue()  # a grader has no `kata run`


@pytest.mark.parametrize("name", ["gradescope", "classroom50"])
def test_what_reads_one_submission_refuses_two(name: str) -> None:
    with pytest.raises(KataError, match="one submission at a time, and the result has 2"):
        written(name, RESULT)


def test_no_score_for_classroom50_is_more_than_there_is() -> None:
    with fixed():
        result = json.loads(written("classroom50", only(RESULT, "grace@example.org")))
    for part in (result, *result["tests"]):
        assert 0 <= part["score"] <= part["max-score"]
    assert (result["score"], result["max-score"]) == (11, 11)


def test_classroom50_is_refused_outside_its_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("CLASSROOM", "OWNER", "USERNAME"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(KataError, match=r"CLASSROOM, .*OWNER is not set"):
        written("classroom50", only(RESULT, "ada"))


def test_a_late_score_is_gradescopes_score_and_a_broken_check_has_none() -> None:
    result = json.loads(written("gradescope", only(RESULT, "ada")))
    assert result["score"] == 0.9
    (broken,) = [test for test in result["tests"] if "broken" in test["tags"]]
    assert "score" not in broken
    assert result["output"].startswith("A check of the course is broken: this is not a mark.")
    in_time = [replace(v, score=None) for v in ADA]
    assert "score" not in json.loads(written("gradescope", replace(RESULT, verdicts=in_time)))


def test_a_module_that_does_not_load_is_an_error_in_junit_not_only_skipped() -> None:
    text = written("junit", replace(RESULT, verdicts=[ADA[2]]))
    assert 'tests="2" failures="0" errors="1" skipped="1"' in text
