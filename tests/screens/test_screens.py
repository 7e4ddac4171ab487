"""Every screen is, character for character and colour for colour, the one in golden/.

Where a screen was meant to change, `python -m tests.screens --write` writes them anew; what has
changed is then in `git diff tests/screens`, and is to be read as a learner would.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from rich.cells import cell_len

from .markup import bare
from .scenarios import SCENARIOS
from .screens import GOLDEN, LOOKS, Look, Shot, kept, shoot

NOTHING_TO_DO = {"doctor", "help", "help-check"}
"""Screens that answer a question, and lead nowhere."""
NEXT_STEP = re.compile(r"\s*(→|->|3\. check) +\S")
LESSONS = {"show", "show-table"}
"""Screens of a text with signs of its own, which in colour is drawn by rich."""
Shots = Callable[[str], dict[Look, Shot]]


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Shots:
    """Run a scenario once on all terminals, when a test first asks for it."""

    @cache
    def run(name: str) -> dict[Look, Shot]:
        return shoot(name, tmp_path_factory.mktemp(name))

    return run


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_screen_is_what_it_was(name: str, shots: Shots) -> None:
    for look, shot in shots(name).items():
        golden = (GOLDEN / name / look.file).read_text(encoding="utf-8")
        assert kept(name, look, shot) == golden, "→ python -m tests.screens --write"
        assert shot.written.code == SCENARIOS[name].code


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_line_is_wider_than_the_terminal(name: str, shots: Shots) -> None:
    whole = re.compile(rf"  /\S+$|{SCENARIOS[name].code_lines}")
    for look, shot in shots(name).items():
        for line in bare(shot.written.text).split("\n"):
            assert cell_len(line) <= look.columns or whole.match(line), (look, line)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_screen_ends_with_the_next_step_or_with_nothing_to_do(name: str, shots: Shots) -> None:
    for look, shot in shots(name).items():
        lines = bare(shot.written.text).rstrip().split("\n")
        last = next(line for line in reversed(lines) if not line.startswith("    "))
        assert bool(NEXT_STEP.match(last)) is (name not in NOTHING_TO_DO), (look, last)


@pytest.mark.parametrize("name", [name for name in SCENARIOS if name not in LESSONS])
def test_colour_only_colours_and_plain_is_ascii(name: str, shots: Shots) -> None:
    for look, shot in shots(name).items():
        if look.kind == "colour":
            without = shots(name)[Look(look.columns)]
            same = kept(name, Look(look.columns), Shot(shot.written, shot.place))
            assert same == kept(name, Look(look.columns), without)
        elif look.kind == "plain":
            assert shot.written.text.isascii()
            assert "\x1b" not in shot.written.text
        else:
            assert "\x1b" not in shot.written.text


def test_every_golden_file_is_of_a_scenario() -> None:
    files = {f"{path.parent.name}/{path.name}" for path in GOLDEN.glob("*/*")}
    assert files == {f"{name}/{look.file}" for name in SCENARIOS for look in LOOKS}
