"""Whatever a submission puts into its text, a report keeps its shape, and nothing is active."""

from __future__ import annotations

import io
import json
import re
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from nnkata.cli import context
from nnkata.cli.context import print_json
from nnkata.model import Outcome, Verdicts
from nnkata.reporters import nnkata_reporters
from nnkata.reporters.github_annotations import command
from nnkata.text.sanitize import json_text, one_line, visible

from .hostile import HOSTILE, poisoned
from .make_golden import FILES, ONE_SUBMISSION, RESULT, fixed, only
from .readers import READERS, Page, read_command


def withheld(outcome: Outcome) -> Outcome:
    return replace(
        outcome, message=None, call=None, got=None, expected=None, frames=[], output=None
    )


def written(name: str, result: Verdicts) -> str:
    """Return a report as it comes back from a file; the token of a fence is really drawn."""
    out = io.StringIO()
    if name in ONE_SUBMISSION:
        result = only(result, result.verdicts[0].submission)
    with fixed() if name == "classroom50" else nullcontext():
        nnkata_reporters()[name](result, out)
    return out.getvalue().encode().decode()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", FILES)
def test_a_report_keeps_its_shape_and_nothing_in_it_is_active(name: str, text: str) -> None:
    read = READERS[name]
    assert read(written(name, poisoned(RESULT, text))) == read(written(name, RESULT))


@pytest.mark.parametrize("name", FILES)
def test_a_report_reads_well_where_nothing_was_revealed_and_nobody_has_a_name(name: str) -> None:
    bare = [
        replace(v, submission="", outcomes=[withheld(o) for o in v.outcomes])
        for v in RESULT.verdicts[:4]
    ]
    READERS[name](written(name, replace(RESULT, verdicts=bare, refused=[])))


@pytest.mark.parametrize("name", sorted(set(FILES) - set(ONE_SUBMISSION)))
def test_a_report_of_nothing_is_a_report(name: str) -> None:
    READERS[name](written(name, replace(RESULT, verdicts=[], refused=[])))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_json_comes_back_as_it_was_but_for_lone_surrogates(text: str) -> None:
    result = poisoned(RESULT, text)
    back = msgspec.json.decode(written("json", result), type=Verdicts)
    if text != HOSTILE["surrogates"]:
        assert back == result
    else:
        assert back == poisoned(RESULT, "\\ud800 alone \\udfff")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_page_shows_the_text_of_a_submission_where_it_can_be_seen(text: str) -> None:
    page = Page()
    page.feed(written("html", poisoned(RESULT, text)))
    assert one_line(text + "ada") in page.words


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_workflow_command_says_what_it_was_given(text: str) -> None:
    line = command("error", text, file=text, title=text)
    assert line.count("\n") == 1
    seen = visible(text)
    assert read_command(line[:-1], {"error"}) == ("error", {"file": seen, "title": seen}, seen)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_name_for_classroom50_is_letters_digits_and_little_else(text: str) -> None:
    tests = json.loads(written("classroom50", poisoned(RESULT, text)))["tests"]
    for test in tests:
        assert not set(test["test-name"]) & set("|<>[]()`@!*\\\n$#&")


@pytest.mark.parametrize(
    "text",
    ["::error::broken", "a\n::add-mask::x", "##[group]x", "##vso[task.setvariable]x", "x::y#"],
)
def test_json_says_what_it_was_given_and_commands_no_ci_log(text: str) -> None:
    """Old and new runners look for commands at the start of a line, or anywhere in it."""
    written = json_text({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert not re.search(r"::[A-Za-z]|##\w*\[", written)


def test_each_command_that_prints_json_escapes_it(capsysbinary: Any) -> None:
    print_json({"name": "::error::broken", "line": "##[error]broken"})
    printed = capsysbinary.readouterr().out
    assert json.loads(printed)["name"] == "::error::broken"
    assert not re.search(rb"::[A-Za-z]|##\w*\[", printed)
    folder = Path(context.__file__).parent
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}
    commands = {name for name, text in texts.items() if '"--json"' in text}
    assert commands >= {"check.py", "grade.py", "gradebook.py", "verify.py", "list.py"}
    for name in commands:
        if name == "grade.py":  # one verdict at a time
            assert 'reporter("json_report")' in texts["grade_output.py"]
        else:
            assert "context.print_json(" in texts[name]
    for name, text in texts.items():
        assert not re.search(r"json\.(dumps?|encode)\(", text), name
