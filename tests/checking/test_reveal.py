"""Under each level of `--reveal` a verdict holds what that level allows, and nothing else leaks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import fields, replace

from nnkata.checking.reveal import redact
from nnkata.model import (
    REVEAL_LEVELS,
    Diagnosis,
    LoadFailure,
    Outcome,
    TracebackFrame,
    Verdict,
)

GOT, EXPECTED, CALL, OUTPUT, FRAME = "GOT-1", "EXPECTED-2", "CALL-3", "OUTPUT-4", "FRAME-5"
MESSAGE, DIAGNOSIS, BLAME, RAISED = "MESSAGE-6", "DIAGNOSIS-7", "BLAME-8", "RAISED-9"
ALLOWED: dict[str, set[str]] = {
    "name": set(),
    "message": {DIAGNOSIS, BLAME},
    "input": {DIAGNOSIS, BLAME, CALL, OUTPUT, FRAME, MESSAGE, RAISED},
    "all": {DIAGNOSIS, BLAME, CALL, OUTPUT, FRAME, MESSAGE, RAISED, GOT, EXPECTED},
}
"""What may be in a verdict whose message is the module's own, or tells what was expected."""

LOADS = [
    "missing", "encoding", "syntax", "refused_import", "raised", "timeout", "crash", "limit",
]  # fmt: skip


@pytest.mark.parametrize("kind", LOADS)
def test_a_module_that_is_not_loaded_chooses_no_word_of_it(kind: Any) -> None:
    """A module can read its prerequisites while it is loaded, and raise what it has read."""
    load = LoadFailure(kind, f"ValueError: {MESSAGE}", FRAME, 4711, OUTPUT, 8150, CALL)
    verdict = Verdict(
        submission="ada", kata="a", module="part/a.py", passed=False, points=0, max_points=1,
        load=load,
    )  # fmt: skip
    for level in ("name", "message"):
        told = redact(verdict, level).load
        assert told is not None
        assert told.kind == kind
        assert told.message
        text = msgspec.json.encode(told).decode()
        own = (MESSAGE, FRAME, "4711", OUTPUT, "8150", CALL)
        assert [token for token in own if token in text] == []
        named = kind == "raised" and level == "message"
        assert ("ValueError" in text) is named
    assert redact(verdict, "input").load == redact(verdict, "all").load == load


def test_an_exception_of_its_own_is_not_named_when_a_module_is_loaded() -> None:
    load = LoadFailure("raised", f"{MESSAGE}: {MESSAGE}")
    verdict = replace(planted("failed", "values"), load=load)
    assert MESSAGE not in msgspec.json.encode(redact(verdict, "message").load).decode()


def test_why_a_check_was_not_run_is_always_told() -> None:
    for level in REVEAL_LEVELS:
        told = redact(planted("not_run", None, "these katas must pass first: b"), level)
        assert told.outcomes[0].message == "these katas must pass first: b"


RUNGS = [("failed", "values"), ("failed", "finite"), ("error", "raised"), ("error", None)]


def planted(outcome: Any, rung: str | None, message: str = MESSAGE) -> Verdict:
    found = Outcome(
        check="c", sentence="The sentence.", outcome=outcome, rung=rung, message=message, got=GOT,
        expected=EXPECTED, call=CALL, output=OUTPUT, raised=RAISED,
        frames=[TracebackFrame(FRAME, 1, FRAME, FRAME)],
    )  # fmt: skip
    return Verdict(
        submission="ada", kata="a", module="part/a.py", passed=False, points=0, max_points=1,
        blame=BLAME, outcomes=[found], diagnoses=[Diagnosis(DIAGNOSIS, DIAGNOSIS, 1)],
        borrowed=["b"], sha256={"module": "x"},
    )  # fmt: skip


@pytest.mark.parametrize("level", REVEAL_LEVELS)
@pytest.mark.parametrize(("outcome", "rung"), RUNGS)
def test_nothing_leaks_that_a_level_does_not_allow(level: Any, outcome: str, rung: Any) -> None:
    text = msgspec.json.encode(redact(planted(outcome, rung), level)).decode()
    everything = ALLOWED["all"]
    assert {token for token in everything if token in text} == ALLOWED[level]
    assert "The sentence." in text


def test_every_field_of_an_outcome_is_decided_on() -> None:
    """A field that is added has to be shown or hidden on purpose: write it down here."""
    shown_always = {
        "check", "sentence", "outcome", "points", "max_points", "seconds", "slow",
    }  # fmt: skip
    hidden = {"call", "got", "expected", "message", "rung", "raised", "frames", "output",
                  "behaviour"}  # fmt: skip
    assert {f.name for f in fields(Outcome)} == shown_always | hidden
    bare = redact(planted("failed", "values"), "name").outcomes[0]
    assert all(not getattr(bare, name) for name in hidden)


def test_every_field_of_a_verdict_and_of_a_failure_to_load_is_decided_on() -> None:
    """The same for what is shown beside the outcomes: what a module can choose must be hidden."""
    of_the_engine = {
        "submission", "kata", "module", "passed", "points", "max_points", "borrowed", "score",
        "score_reason", "seed", "sha256", "broken_files",
    }  # fmt: skip
    redacted = {"load", "outcomes", "blame", "diagnoses", "search_ended"}
    assert {f.name for f in fields(Verdict)} == of_the_engine | redacted
    bare = redact(planted("failed", "values"), "name")
    assert (bare.blame, bare.diagnoses, bare.search_ended) == (None, [], None)
    filled = LoadFailure("syntax", MESSAGE, FRAME, 1, OUTPUT, 2, CALL)
    assert all(getattr(filled, f.name) for f in fields(LoadFailure))
    told = redact(replace(planted("failed", "values"), load=filled), "message").load
    assert told is not None
    assert [f.name for f in fields(LoadFailure) if getattr(told, f.name)] == ["kind", "message"]


OURS = [
    ("failed", "shape", "got shape (2,), expected shape (3,)", True),
    ("failed", "dtype", "got dtype float32, expected dtype float64", True),
    ("failed", "missing", "net/part/a.py defines no `f`", True),
    ("failed", "type", "got a str, expected a number", True),
    ("timeout", None, "it was stopped after 5 seconds", True),
    ("limit", "raised", "it needed more memory than the kata allows", True),
    ("not_run", None, "slow checks run when all others have passed", True),
    ("failed", "values", "worst at index [0]: 1 instead of 2; 1 of 3 differ", False),
    ("failed", "finite", "got nan at index [0], expected 3.0", False),
]


@pytest.mark.parametrize(("outcome", "rung", "message", "kept"), OURS)
def test_our_own_words_are_a_message_unless_they_quote_values(
    outcome: str, rung: Any, message: str, kept: bool
) -> None:
    found = redact(planted(outcome, rung, message), "message").outcomes[0]
    assert found.message == (message if kept else None)


def test_what_the_module_put_into_our_words_is_taken_out() -> None:
    made = {
        "got an object of the class S, expected SECRET\n": "got an object of its own class",
        "got an object of the class SECRET (a subclass of float)": (
            "got an object of its own class"),
        "got the number 77, expected the truth value True": "got a number, expected a truth value",
        "the result cannot be used (ValueError: SECRET)": "the result cannot be used",
    }  # fmt: skip
    for message, words in made.items():
        found = redact(planted("failed", "type", message), "message").outcomes[0]
        assert found.message == words
    message = "the process sent something unreadable (unknown tag 'SECRET')"
    found = redact(planted("crash", None, message), "message").outcomes[0]
    assert found.message == "the process sent something unreadable"


SPIES = {
    "raises it": "raise ValueError(repr(x))",
    "raises it later": "raise type(repr(x), (Exception,), {})()",
    "names a class after it": "return type(repr(x), (), {})()",
    "prints it": "print(repr(x))",
    "returns it": "return repr(x)",
    "returns its number": "return -x",
    "forges with it": (
        "import os, struct\n"
        "    tag = repr(x).encode()\n"
        "    body = b'\\x93\\xa2ok\\x92' + bytes([0xa0 + len(tag)]) + tag + b'\\x01\\x90'\n"
        "    for fd in range(3, 10):\n"
        "        try: os.write(fd, struct.pack('>I', len(body)) + body)\n"
        "        except OSError: pass"
    ),
    "keeps it for the next import": (
        "import builtins\n    builtins.kept = repr(x)\n"
        "import builtins\nif hasattr(builtins, 'kept'): raise ValueError(builtins.kept)\nif 1: pass"
    ),
}  # fmt: skip


@pytest.mark.parametrize("spy", SPIES)
def test_a_module_cannot_show_its_input_where_inputs_are_hidden(spy: str, lab: Any) -> None:
    checks = '''
def test_a(solution):
    """f doubles."""
    assert_close(solution.f(77123.5), 154247.0)

def test_b(solution):
    """f doubles again."""
    assert solution.f(77123.5) == 154247.0
'''
    kata = {"reference": "def f(x): return 2 * x", "exports": ["f"], "checks": checks}
    text = f"def f(x):\n    {SPIES[spy]}\n"
    verdict = lab.verdict(lab.course({"a": kata}), "a", text)
    assert not verdict.passed
    assert verdict.load is None
    for level in ("name", "message"):
        shown = msgspec.json.encode(redact(verdict, level)).decode()
        assert "77123" not in shown, shown
        assert "154247" not in shown, shown
    assert "154247" not in msgspec.json.encode(redact(verdict, "input")).decode()


@pytest.mark.parametrize("level", REVEAL_LEVELS)
def test_the_command_shows_no_more_than_the_level_on_every_way_out(
    level: str, lab: Any, tmp_path: Path
) -> None:
    checks = (
        'def test_a(solution):\n    """f doubles."""\n    assert solution.f(77123.5) == 154247.0\n'
    )
    kata = {"reference": "def f(x): return 2 * x", "exports": ["f"], "checks": checks}
    root = lab.write_course({"a": kata})
    lab.install(root)
    lab.patch.chdir(tmp_path)
    from click.testing import CliRunner

    from nnkata.cli.group import kata as command

    runner = CliRunner()
    runner.invoke(command, ["init", ".", "--course", "tiny"], catch_exceptions=False)
    (tmp_path / "net" / "part" / "a.py").write_text("def f(x):\n    return x + 0.25\n")
    for options in (["--json"], [], ["--report", "terminal"], ["--report", "json"]):
        arguments = ["check", "a", "--reveal", level, *options]
        result = runner.invoke(command, arguments, catch_exceptions=False)
        if "--report" in options and result.exit_code == 2:
            continue  # the laboratory installs no reporters
        assert result.exit_code == 1, result.output
        assert ("77123.5)" in result.output) is (level in ("input", "all"))
        assert ("154247" in result.output) is (level == "all")
        if options == ["--json"]:
            json.loads(result.stdout)


READS_WHAT_IT_SERVES = """
import sys
(texts,) = [f.texts for f in sys.meta_path if hasattr(f, "texts")]
served = "".join(text for text in texts.values() if "HIDDEN" in text and "SPY" not in text)
def g(x):  # SPY
    if served:
        print(served)
        {0}
    return x
"""


@pytest.mark.parametrize("act", ["pass", "raise RuntimeError(served)", "return served"])
def test_a_prerequisite_cannot_show_what_it_reads_beside_it(act: str, lab: Any) -> None:
    """Mistakes are run with the submission's own prerequisites, which can read their texts."""
    checks = """
def test_a(solution):
    "f doubles."
    assert solution.f(3.0) == 6.0
"""
    uses = "from .b import g\n"
    need = {"reference": "def g(x): return x  # HIDDEN\n", "exports": ["g"], "checks": checks}
    wrong = f'"""You add."""\n{uses}hidden = "HIDDEN"\ndef f(x): return g(x) + 1.0\n'
    kata = {
        "reference": f"{uses}def f(x): return 2 * g(x)  # HIDDEN\n", "exports": ["f"],
        "checks": checks, "needs": ["b"], "mistakes": {"adds": wrong},
        "limits": {"seconds": 60.0},
    }  # fmt: skip
    course = lab.course({"b": need, "a": kata}, borrow=False)
    own = f"{uses}def f(x): return g(x) + 1.0\n"
    verdict = lab.verdict(course, "a", own, b=READS_WHAT_IT_SERVES.format(act))
    assert not verdict.passed
    assert verdict.outcomes[0].output is None
    assert len(verdict.diagnoses) == (act == "pass")  # so the mistake was run with it
    assert "HIDDEN" not in msgspec.json.encode(verdict).decode()
