"""The README and the pages of docs/ say what really happens."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


def loaded() -> ModuleType:
    path = Path(__file__).with_name("readme_blocks.py")
    spec = importlib.util.spec_from_file_location("readme_blocks", path)
    assert spec is not None
    assert spec.loader is not None
    blocks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(blocks)
    return blocks


blocks = loaded()


@pytest.mark.parametrize("page", blocks.pages(), ids=blocks.name)
def test_every_console_block_prints_what_the_page_says(page: Path) -> None:
    found = blocks.differences(page)
    assert not found, "\n\n".join(found) + "\n\n→ python tests/readme_blocks.py --write"


def test_the_readme_is_among_the_pages() -> None:
    assert blocks.pages()[0] == ROOT / "README.md"


def test_every_page_that_is_run_elsewhere_is_there() -> None:
    for page in blocks.ELSEWHERE:
        assert blocks.commands(blocks.lines_of(ROOT / page)), page


def test_commands_of_a_block_and_of_a_comment_are_found() -> None:
    text = (
        "<!-- console\n$ cat <<END\n> a\n>\n> b\n> END\n-->\n\n```console\n$ x\n> y\n$ z\nw\n```\n"
    )
    hidden, x, z = blocks.commands(text.splitlines())
    assert (hidden.text, hidden.compared) == ("cat <<END\na\n\nb\nEND", False)
    assert (x.text, x.printed, x.compared) == ("x\ny", [], True)
    assert (z.text, z.printed, z.start) == ("z", ["w"], 12)


def test_writing_keeps_what_a_page_leaves_out() -> None:
    printed = ["new head", "", "got 1", "expected 2", "", "Likely cause: a", "more", "-> end"]
    for said, written in (
        (["old head", "…", "got 7", "…"], ["new head", "…", "got 1", "…"]),
        (["…", "expected 3", "", "Cause: a", "…"], ["…", *printed[3:6], "…"]),
        (["old head", "…", "-> stop"], ["new head", "…", "-> end"]),
        (["…"], ["…"]),
        (["old head"], printed),
        ([], printed),
    ):
        assert blocks.excerpt(said, printed) == written


def test_the_readme_has_the_two_commands_that_ci_runs() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for heading in ("Start", "Test"):
        assert re.search(rf"^## {heading}$\n(?:(?!##|```).*\n)*```sh\n.+", text, re.MULTILINE)
