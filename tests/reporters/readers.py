"""Readers of every format. Each returns the shape of a report, without the text in it, and refuses
what its real reader would refuse or act upon."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

SCHEMAS = Path(__file__).parent / "schemas"
OUR_SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
Shape = Any

# What a terminal or a page acts on instead of showing it; tabs and ends of lines are fine.
ACTED_ON = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
COMMANDS = {
    "add-mask", "add-path", "debug", "echo", "endgroup", "error", "group", "notice", "save-state",
    "set-env", "set-output", "stop-commands", "warning",
}  # fmt: skip
TEXT_ATTRIBUTES = {"class", "id", "href", "scope", "open"}
TEXT_TAGS = {"p", "h1", "h3", "strong", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"}

OUTCOME: tuple[set[str], set[str], set[str]] = (set(), set(), {"type", "message"})
JUNIT: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": ({"testsuite"}, set(), {"name", "time", "tests", "failures", "errors"}),
    "testsuite": (
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
        {"name", "tests", "failures", "errors"},
        {"time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"},
    ),
    "properties": ({"property"}, set(), set()),
    "property": (set(), {"name", "value"}, set()),
    "testcase": (
        {"skipped", "error", "failure", "system-out", "system-err"},
        {"name"},
        {"time", "classname", "group"},
    ),
    "failure": OUTCOME,
    "error": OUTCOME,
    "skipped": OUTCOME,
}
"""Of each element of JUnit XML: what may occur in it, attributes it must and others it may have."""


def read_terminal(text: str) -> Shape:
    """Return nothing, as words have no shape; nothing in them moves the cursor."""
    assert not ACTED_ON.search(text)
    return None


def read_json(schema: Path, shown: bool = True) -> Callable[[str], Shape]:
    """Return a reader of JSON that is valid by a schema, and whose texts are shown somewhere."""

    def read(text: str) -> Shape:
        assert not re.search("[\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f]", text)
        value = json.loads(text)
        assert not shown or not any(map(ACTED_ON.search, _texts(value)))
        jsonschema.validate(
            value, json.loads(schema.read_text("utf-8")), cls=jsonschema.Draft202012Validator
        )
        return _json_shape(value)

    return read


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _json_shape(value: Any) -> Shape:
    if isinstance(value, dict):
        named = ("sha256", "environment")  # by what a result holds, so its names are its own
        return {k: len(v) if k in named else _json_shape(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_json_shape(item) for item in value]
    return type(value).__name__


def read_junit(text: str) -> Shape:
    """Read JUnit XML by the rules of Jenkins's xUnit plugin, and check that its sums add up."""
    root = ET.fromstring(text)
    assert root.tag == "testsuites"
    for element in root.iter():
        children, required, optional = JUNIT[element.tag]
        assert {child.tag for child in element} <= children, element.tag
        assert required <= set(element.attrib) <= required | optional, element.attrib
        for value in [*element.attrib.values(), element.text or ""]:
            assert not ACTED_ON.search(value)
        if element.tag in ("testsuites", "testsuite"):
            cases = list(element.iter("testcase"))
            assert int(element.attrib["tests"]) == len(cases)
            for count, tag in {"failures": "failure", "errors": "error"}.items():
                found = [case for case in cases if case.find(tag) is not None]
                assert int(element.attrib[count]) == len(found)
            assert re.fullmatch(r"\d+(\.\d+)?", element.attrib["time"])
        if element.tag == "testcase":
            assert element.attrib["name"]
            assert element.attrib["classname"]
            assert len(element) <= 1, "one outcome a case"
    return [(element.tag, sorted(element.attrib)) for element in root.iter()]


class Page(HTMLParser):
    """Notes the elements of a page, and refuses whatever could run, load or lead elsewhere."""

    ALLOWED = TEXT_TAGS | {
        "html", "head", "meta", "title", "style", "body", "main", "section", "article", "h2",
        "div", "dl", "dt", "dd", "ul", "li", "a", "bdi", "span", "details", "summary",
    }  # fmt: skip
    ATTRIBUTES = TEXT_ATTRIBUTES | {"lang", "charset", "content", "name", "http-equiv"}

    def __init__(self) -> None:
        """Start with an empty page."""
        super().__init__()
        self.shape: list[tuple[str, ...]] = []
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        assert tag in self.ALLOWED, tag
        for name, value in attrs:
            aligned = (name, value) == ("style", "text-align:right")  # what Markdown makes of ---:
            assert name in self.ATTRIBUTES or aligned, name
            assert name != "href" or re.fullmatch(r"#s\d+", value or ""), value
        self.shape.append((tag, *(name for name, _ in attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that elements are closed in order."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Check that the words hold nothing that is acted on."""
        assert not ACTED_ON.search(data.replace("@\u200b", "@"))
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        """Refuse comments."""
        raise AssertionError(data)


def read_html(text: str) -> Shape:
    """Read a page to its end; its policy names its own style and allows nothing else."""
    page = Page()
    page.feed(text)
    page.close()
    assert not page.open
    assert page.shape[0] == ("html", "lang")
    return page.shape


def read_summary(text: str) -> Shape:
    """Render Markdown as GitHub does, and look at the page that comes out."""
    assert len(text.encode()) <= 1024 * 1024
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    page = Page()
    page.feed(markdown.render(text))
    page.close()
    assert not page.open
    for token in markdown.parse(text):
        for child in token.children or []:
            if child.type == "text":  # where GitHub looks for mentions and addresses
                assert not re.search(r"@\w", child.content), child.content
    code = r"(?s)^(`{3,})text\n.*?\n\1$|(`+).*?(?<!`)\2(?!`)|<code>.*?</code>"
    outside = re.sub(code, "", text, flags=re.MULTILINE)
    found = re.search(r"https?://|www\.\w|(?<!\\):\w+(?<!\\):", outside)
    assert not found, found
    return page.shape


def read_commands(text: str) -> Shape:
    """Read lines as GitHub's runner does; return the commands that it would carry out."""
    found: list[tuple[str, ...]] = []
    known, token = set(COMMANDS), ""
    for line in re.split(r"\r\n|\r|\n", text):
        command = read_command(line, known)
        if command is None:
            continue
        name, properties, data = command
        if token:
            if name == token:
                known.discard(token)
                token = ""
        elif name == "stop-commands":
            assert len(data) >= 32
            token = data.lower()
            known.add(token)
        else:
            assert name in ("error", "warning", "notice"), line
            assert set(properties) <= {"file", "line", "title"}
            for value in [*properties.values(), data]:
                assert not ACTED_ON.search(value)
            found.append((name, *sorted(properties)))
    assert not token, "the runner has to listen again at the end"
    for kind in ("error", "warning", "notice"):
        assert sum(name == kind for name, *_ in found) <= 10
    return found


def read_command(line: str, known: set[str]) -> tuple[str, dict[str, str], str] | None:
    """Return name, properties and data of a command; `##[` is the older way to write one."""
    line = line.lstrip()
    if line.startswith("::") and "::" in line[2:]:
        head, _, data = line[2:].partition("::")
        ends, escapes = ",", {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}
    elif "##[" in line and "]" in line.partition("##[")[2]:
        head, _, data = line.partition("##[")[2].partition("]")
        ends, escapes = ";", {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]"}
    else:
        return None
    name, _, rest = head.partition(" ")
    if name.lower() not in known:
        return None
    pairs = [pair.partition("=") for pair in rest.strip().split(ends) if pair]
    return (
        name.lower(),
        {key: _plain(value, escapes) for key, _, value in pairs},
        _plain(data, {"%0D": "\r", "%0A": "\n"}),
    )


def _plain(text: str, escapes: dict[str, str]) -> str:
    for escaped, character in escapes.items():
        text = text.replace(escaped, character)
    return text.replace("%25", "%")


READERS: dict[str, Callable[[str], Shape]] = {
    "terminal": read_terminal,
    "json": read_json(OUR_SCHEMAS / "verdicts.json", shown=False),
    "junit": read_junit,
    "github-summary": read_summary,
    "github-annotations": read_commands,
    "gradescope": read_json(SCHEMAS / "gradescope.json"),
    "classroom50": read_json(SCHEMAS / "classroom50.json"),
    "gitlab": read_json(SCHEMAS / "gitlab.json"),
    "html": read_html,
}
