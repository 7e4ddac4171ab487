"""Whatever a submission puts into its text, a report keeps its shape, and nothing is active."""

from __future__ import annotations

import io
import json
from contextlib import nullcontext
from typing import Any

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import replace

from nnkata.model import Outcome, Verdicts
from nnkata.reporters import nnkata_reporters
from nnkata.reporters.github_annotations import command
from nnkata.reporters.text import one_line, visible

from .make_golden import FILES, ONE_SUBMISSION, RESULT, fixed, only
from .readers import READERS, Page, read_command

HOSTILE = {
    "ansi": "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x9b2J\x7f",
    "carriage return": "all fine\rall bad\r\nthe next line",
    "bidi": "\u202egnp.exe\u2066inner\u2069 \u200fright\u200b\ufeff",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>'\"><svg/onload=alert(1)>&lt;",
    "ends of elements": "</style></pre></title></code></td></details>--><iframe src=//x.y>",
    "template": "{{ 7 * 7 }}{% for x in y %}{# z #}",
    "formula": '=HYPERLINK("https://evil.example","x")',
    "csv": 'a,"b";c\r\nd,e\tf',
    "markdown table": "| a | b |\n| - | - |\n| c \\| d |\\",
    "markdown": "![x](https://evil.example/x.png) [y](javascript:alert(1)) **b** @octocat #1\n"
    "# heading\n- item\n> quote\n\n    indented\n<https://evil.example> $x$ :tada: me@evil.example",
    "bare links": "https://evil.example www.evil.example git@github.com:x/y",
    "fences": "`a` ``b`` ```\n```\n````\n~~~\n<b>out</b>\n</details>\n```",
    "one tick": "`",
    "cdata": "]]>&<!--x--><![CDATA[y]]><!DOCTYPE a [<!ENTITY x 'y'>]>&x;",
    "commands": "::error file=a,line=1::b\n  ::add-mask::x\n##[error]c\nd ##[add-path]e\n"
    "::stop-commands::f\n\u2003::set-env name=a::b\n::0123456789abcdef0123456789abcdef::\n"
    "%0A::error::g",
    "long": "x" * 100_000,
    "many lines": "y\n" * 50_000,
    "nul": "a\x00b\ufffe\uffff",
    "surrogates": "\ud800 alone \udfff",
    "separators": "a\u2028::error::b\u2029c\x85d\x0b=e\x0cf",
    "emoji": "👩‍🔬 🙂",
    "percent": "%0A %25 %s {} \\n \\u0041",
}
OURS = {"schema", "outcome", "kind", "raised"}
"""Fields that no submission has a say in."""


def poisoned(value: Any, text: str) -> Any:
    """Return a structure with a text before every other text in it."""
    if isinstance(value, Struct):
        fields = {f: getattr(value, f) for f in value.__struct_fields__ if f not in OURS}
        return replace(value, **{f: poisoned(item, text) for f, item in fields.items()})
    if isinstance(value, str):
        return text + value
    if isinstance(value, list):
        return [poisoned(item, text) for item in value]
    if isinstance(value, dict):
        return {text + key: poisoned(item, text) for key, item in value.items()}
    return value


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


@pytest.mark.parametrize("name", set(FILES) - set(ONE_SUBMISSION))
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
