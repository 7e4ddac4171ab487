"""Take a course to where submissions come in: Gradescope, GitHub, GitLab, a learner's machine."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jinja2
from msgspec import Struct

from .. import __version__
from ..errors import KataError
from ..files import write_all_new
from ..model import Course, Kata
from .wheels import Kept, Part, Wheel, archive, lacks_reference, make_wheel, pinned

Host = Literal["github", "gitlab"]

EXAMPLES = {"github": "YOUR-ORGANISATION/grading", "gitlab": "YOUR-GROUP/grading"}
"""The repository of the course, where none is named; the README then says to put it in."""

DOWNLOADS = {
    "github": "https://raw.githubusercontent.com/{}/main/wheels",
    "gitlab": "https://gitlab.com/{}/-/raw/main/wheels",
}
"""Where the course's wheels are fetched from, where nothing else is said."""

FILES: dict[str, dict[str, str]] = {
    "github": {
        "README.md": "README.md",
        "course/.github/workflows/grade.yml": "course.yml",
        "submission/.github/workflows/grade.yml": "submission.yml",
    },
    "gitlab": {"README.md": "README.md", "course/grade.yml": "course.yml"},
}
"""The files of an export, and the templates that they are made of."""

ACTIONS = {
    "checkout": "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
    "python": "actions/setup-python@e797f83bcb11b83ae66e0230d6156d7c80228e7c # v6.0.0",
    "upload": "actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0",
}
"""GitHub's own actions, each pinned to one commit."""


class Grading(Struct, frozen=True):
    """How an exported grader grades."""

    course: Course
    default_course: bool
    katas: list[Kata]
    """The katas that are graded; all of them, where none is named."""
    seed: int | None = None
    reveal: str = "all"
    require: int = 1

    @property
    def options(self) -> str:
        """The options of `kata grade`, quoted for a shell."""
        words = [] if self.default_course else ["--course", self.course.name]
        words += [word for kata in self.katas for word in ("--kata", kata.name)]
        words += [] if self.seed is None else ["--seed", str(self.seed)]
        return shlex.join([*words, "--reveal", self.reveal, "--require", str(self.require)])


def gradescope(grading: Grading, parts: list[Part], out: Path) -> list[str]:
    """Write autograder.zip for Gradescope; return the names in it. Raises `KataError`."""
    _complete(grading.course)
    wheels = [make_wheel(part) for part in parts]
    pins = pinned(parts)
    context = _context(grading, wheels, pins)
    files = {
        "setup.sh": _rendered("gradescope/setup.sh", context).encode(),
        "run_autograder": _rendered("gradescope/run_autograder", context).encode(),
        "requirements.txt": ("\n".join(pins) + "\n").encode(),
        **{f"wheels/{wheel.name}": wheel.data for wheel in wheels},
    }
    write_all_new({out: archive(files, frozenset({"setup.sh", "run_autograder"}))})
    return list(files)


def workflow(
    host: Host, grading: Grading, parts: list[Part], folder: Path,
    repository: str | None = None, wheels_at: str | None = None,
) -> list[Path]:  # fmt: skip
    """Write what makes a host grade on push; return the files. Raises `KataError`."""
    _complete(grading.course)
    _check_place(repository, wheels_at)
    wheels = [make_wheel(part) for part in parts]
    named = repository or EXAMPLES[host]
    url = (wheels_at or DOWNLOADS[host].format(named)).rstrip("/")
    context = _context(grading, wheels, pinned(parts)) | {
        "repository": named,
        "example": repository is None,
        "url": url,
        "actions": ACTIONS,
        "requirements": [f"{_name(w)} @ {url}/{_quoted(w)}#sha256={w.sha256}" for w in wheels],
    }
    files: dict[Path, bytes] = {
        folder / path: _rendered(f"{host}/{template}", context).encode()
        for path, template in FILES[host].items()
    }
    files |= {folder / "course" / "wheels" / wheel.name: wheel.data for wheel in wheels}
    write_all_new(files)
    return list(files)


def learner(course: Course, parts: list[Part], folder: Path, kept: Kept) -> list[Path]:
    """Write the wheels that a learner installs; return the files. Raises `KataError`."""
    if kept.reference:
        _complete(course)
    if kept.checks:
        _checked(course)
    files = {folder / w.name: w.data for w in (make_wheel(part, kept) for part in parts)}
    write_all_new(files)
    return list(files)


def consequences(kept: Kept) -> list[str]:
    """Return what a learner's wheel lacks and what follows from it, a sentence each."""
    told = []
    if not kept.reference:
        told.append(
            "No reference solutions: nothing is borrowed. A kata waits until those that it needs "
            "have passed, `kata train` names the first module that is missing, and `kata solution` "
            "has nothing to show."
        )
        told.append(
            "No mistakes: nothing is diagnosed. `kata check` says what failed, and not why."
        )
    if not kept.checks:
        told.append(
            "No checks: `kata check` says so and checks nothing; the modules are graded elsewhere."
        )
    elif not kept.reference:
        told.append(
            "The checks are in it, and whoever looks into their installation finds them; "
            "`--without-checks` leaves them out."
        )
    if not kept.reference:
        told.append("`--with-reference` keeps reference solutions and mistakes.")
    return told


def _complete(course: Course) -> None:
    """Refuse to hand on a grader from an installation that lacks a part of the course."""
    _checked(course)
    missing = lacks_reference(course.katas.values())
    if missing:
        raise KataError(
            f"this installation carries no reference solution of {missing[0].name}, so nothing "
            "that needs the reference can be exported from it",
            next_step="export where the whole course is installed",
        )


def _checked(course: Course) -> None:
    for kata in course.katas.values():
        if not kata.checks.is_file():
            raise KataError(
                f"this installation carries no checks of {kata.name}, so none can be exported",
                next_step="export where the whole course is installed",
            )


def _check_place(repository: str | None, wheels_at: str | None) -> None:
    """Refuse what cannot stand in a workflow, and an address that would put a secret into it."""
    if repository is not None and not re.fullmatch(r"[\w.-]+(/[\w.-]+)+", repository):
        raise KataError(
            f"`{repository}` is no name of a repository",
            next_step="name its owner or group, too: --repository nets-course/grading",
        )
    if wheels_at is None:
        return
    if not re.fullmatch(r"(https|file)://[^\s'\"#]+", wheels_at):
        raise KataError(
            f"`{wheels_at}` is no address that wheels can be fetched from",
            next_step="give the folder's: --wheels https://packages.example.org/grading",
        )
    if "@" in wheels_at:
        raise KataError(
            "an address with a password in it would hand the password to every submission",
            next_step="serve the wheels where runners need none, on a host that only they reach",
        )


def _context(grading: Grading, wheels: list[Wheel], pins: list[str]) -> dict[str, Any]:
    return {
        "engine": __version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "course": grading.course,
        "options": grading.options,
        "require": grading.require,
        "wheels": wheels,
        "pins": pins,
    }


def _name(wheel: Wheel) -> str:
    return wheel.name.partition("-")[0].replace("_", "-")


def _quoted(wheel: Wheel) -> str:
    """Return a wheel's name for a URL; a local version holds a plus sign."""
    return wheel.name.replace("+", "%2B")


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("nnkata_templates", "export"),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        variable_start_string="[[",  # `{{` is GitHub's own
        variable_end_string="]]",
    )


def _rendered(template: str, context: Mapping[str, Any]) -> str:
    return _templates().get_template(f"{template}.jinja").render(context)
