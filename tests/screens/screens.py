"""Every screen of every scenario, made in a terminal and brought into a form that can be kept."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from .markup import bare, marked
from .scenarios import PACK, SCENARIOS, arguments, courses, workspace
from .steady import steady, steady_doctor
from .terminal import Written, on_terminal

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = (60, 80, 120)
AT_ONCE = 3
"""Commands that run at the same time; each waits for its own processes for a while."""


class Look(NamedTuple):
    """A terminal: how wide it is, and what the person asked for."""

    columns: int
    kind: str = ""
    """Nothing (without colour), `colour`, or `plain`."""

    @property
    def file(self) -> str:
        """The name of the file that its screens are kept in."""
        return f"{self.columns}.{self.kind}.txt" if self.kind else f"{self.columns}.txt"


LOOKS = (
    *(Look(columns) for columns in WIDTHS),
    *(Look(columns, "colour") for columns in WIDTHS),
    Look(80, "plain"),
)


class Shot(NamedTuple):
    """What a scenario's command wrote on one terminal, and in which folder it was typed."""

    written: Written
    place: Path


def shoot(name: str, folder: Path) -> dict[Look, Shot]:
    """Return what a scenario's command writes on each terminal, each in a workspace of its own.

    Only what the course's mistakes answer, which is the same for all, is kept from the first.
    """
    scenario = SCENARIOS[name]
    workspace(scenario, folder / "made" / "nn")

    def run(look: Look) -> Shot:
        place = folder / look.file / "nn"
        shutil.copytree(folder / "made" / "nn", place)
        more = ["--plain"] if look.kind == "plain" else []
        variables = {} if look.kind else {"NO_COLOR": "1"}
        if scenario.course == "impatient":
            variables["PYTHONPATH"] = str(PACK)
        return Shot(
            on_terminal(place, look.columns, *more, *arguments(scenario), **variables), place
        )

    first = run(LOOKS[0])
    cache = Path(".kata", "cache")
    if (first.place / cache).is_dir():
        shutil.copytree(first.place / cache, folder / "made" / "nn" / cache)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(LOOKS, [first, *pool.map(run, LOOKS[1:])], strict=True))


def kept(name: str, look: Look, shot: Shot) -> str:
    """Return the text of a golden file: what was typed, and the screen."""
    scenario = SCENARIOS[name]
    text = shot.written.text
    screen = marked(text) if look.kind == "colour" else bare(text)
    screen = steady(screen, {"workspace": shot.place, "course": courses()[scenario.course].root})
    if "doctor" in scenario.typed:
        screen = steady_doctor(screen)
    plain = " --plain" if look.kind == "plain" else ""
    return f"$ {scenario.typed}{plain}\n{screen}"


def write(folder: Path) -> None:
    """Write all golden files anew."""
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for name in SCENARIOS:
        (GOLDEN / name).mkdir(parents=True)
        for look, shot in shoot(name, folder / name).items():
            (GOLDEN / name / look.file).write_text(kept(name, look, shot), encoding="utf-8")
