"""Export a course to Gradescope, GitHub and GitLab, which grade submissions, and to learners."""

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
from .wheels import (
    CourseDistribution,
    LearnerContents,
    Wheel,
    build_archive,
    build_wheel,
    katas_without_reference,
    pin_requirements,
)

Host = Literal["github", "gitlab"]

EXAMPLES = {"github": "YOUR-ORGANISATION/grading", "gitlab": "YOUR-GROUP/grading"}
"""The placeholder for the course's repository if none is named; the README says to replace it."""

DOWNLOADS = "https://packages.example.org/grading"
"""The placeholder for the address of the course's wheels; the README says to replace it.

The wheels contain checks and reference solutions, so no public place can be the default.
"""

FILES: dict[str, dict[str, str]] = {
    "github": {
        "README.md": "README.md",
        "course/.github/workflows/grade.yml": "course.yml",
        "submission/.github/workflows/grade.yml": "submission.yml",
    },
    "gitlab": {"README.md": "README.md", "course/grade.yml": "course.yml"},
}
"""The files of an export, and their templates."""

PRIVATE = "private-wheels"
"""The folder of an export that must not be published: checks, references and mistakes."""

ACTIONS = {
    "checkout": "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
    "python": "actions/setup-python@e797f83bcb11b83ae66e0230d6156d7c80228e7c # v6.0.0",
    "upload": "actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0",
}
"""GitHub's own actions, each pinned to a commit."""


class Grading(Struct, frozen=True):
    """The settings of an exported grader."""

    course: Course
    default_course: bool
    katas: list[Kata]
    """The katas to grade; if the list is empty, all katas."""
    seed: int | None = None
    reveal: str = "all"
    require: int = 1
    borrow: bool = False
    """Whether the reference replaces prerequisites that did not pass; a submission can read it."""
    lock: Path | None = None
    """The uv.lock with the hashes of packages; None to pin only versions."""

    @property
    def options(self) -> str:
        """The options of `kata grade`, quoted for a shell."""
        words = [] if self.default_course else ["--course", self.course.name]
        words += [word for kata in self.katas for word in ("--kata", kata.name)]
        words += [] if self.seed is None else ["--seed", str(self.seed)]
        words += [] if self.borrow else ["--no-borrow"]
        return shlex.join([*words, "--reveal", self.reveal, "--require", str(self.require)])


UNHASHED = "Packages are pinned by version only; --lock uv.lock pins them by hash."
"""What is said of an export without a lock."""


def borrow_sentence(borrow: bool) -> str:
    """Return a sentence on what an exported grader does if a prerequisite did not pass."""
    if borrow:
        return (
            "References replace prerequisites that did not pass, so a submission can read them "
            "and, depending on --reveal, show them."
        )
    return (
        "Nothing is borrowed (--no-borrow): no reference reaches a submission, and a kata whose "
        "prerequisite did not pass is not run. --borrow changes that."
    )


def export_gradescope(
    grading: Grading, distributions: list[CourseDistribution], out: Path
) -> list[str]:
    """Write autograder.zip for Gradescope; return its file names. Raises `KataError`."""
    require_reference(grading.course)
    wheels = [build_wheel(distribution) for distribution in distributions]
    pins = pin_requirements(distributions, grading.lock)
    context = template_context(grading, wheels, pins)
    files = {
        "setup.sh": render_template("gradescope/setup.sh", context).encode(),
        "run_autograder": render_template("gradescope/run_autograder", context).encode(),
        "requirements.txt": ("\n".join(pins) + "\n").encode(),
        **{f"wheels/{wheel.name}": wheel.data for wheel in wheels},
    }
    write_all_new({out: build_archive(files, frozenset({"setup.sh", "run_autograder"}))})
    return list(files)


def export_workflow(
    host: Host, grading: Grading, distributions: list[CourseDistribution], folder: Path,
    repository: str | None = None, wheels_at: str | None = None,
) -> list[Path]:  # fmt: skip
    """Write the workflow files with which a host grades on push; return the files.

    Raises `KataError`.
    """
    require_reference(grading.course)
    _check_place(repository, wheels_at)
    wheels = [build_wheel(distribution) for distribution in distributions]
    named = repository or EXAMPLES[host]
    url = (wheels_at or DOWNLOADS).rstrip("/")
    context = template_context(grading, wheels, pin_requirements(distributions, grading.lock)) | {
        "repository": named,
        "example": repository is None,
        "example_url": wheels_at is None,
        "url": url,
        "actions": ACTIONS,
        "requirements": [f"{_name(w)} @ {url}/{_quote(w)}#sha256={w.sha256}" for w in wheels],
    }
    files: dict[Path, bytes] = {
        folder / path: render_template(f"{host}/{template}", context).encode()
        for path, template in FILES[host].items()
    }
    files |= {folder / PRIVATE / wheel.name: wheel.data for wheel in wheels}
    write_all_new(files)
    return list(files)


def export_learner(
    course: Course, distributions: list[CourseDistribution], folder: Path, contents: LearnerContents
) -> list[Path]:
    """Write the wheels that a learner installs; return the files. Raises `KataError`."""
    if contents.reference:
        require_reference(course)
    if contents.checks:
        _require_checks(course)
    files = {
        folder / w.name: w.data
        for w in (build_wheel(distribution, contents) for distribution in distributions)
    }
    write_all_new(files)
    return list(files)


def consequences(contents: LearnerContents) -> list[str]:
    """Return a sentence on the consequence of each part that a learner's wheel lacks."""
    sentences = []
    if not contents.reference:
        sentences.append(
            "No reference solutions: nothing is borrowed. A kata can be checked after those that "
            "it needs have passed, `kata train` names the first module that is missing, and "
            "`kata solution` has nothing to show."
        )
        sentences.append("No mistakes: `kata check` says what fails, and names no likely cause.")
    if not contents.checks:
        sentences.append(
            "No checks: `kata check` checks nothing and says so; the modules are graded elsewhere."
        )
    elif not contents.reference:
        sentences.append(
            "The wheel contains the checks, so a learner can read them; `--without-checks` leaves "
            "them out."
        )
    if not contents.reference:
        sentences.append("`--with-reference` adds reference solutions and mistakes.")
    return sentences


def require_reference(course: Course) -> None:
    """Raise `KataError` if checks or reference solutions are not installed."""
    _require_checks(course)
    missing = katas_without_reference(course.katas.values())
    if missing:
        raise KataError(
            f"the reference solution of {missing[0].name} is not installed, so a grader cannot be "
            "exported",
            next_step="export where the complete course is installed",
        )


def _require_checks(course: Course) -> None:
    for kata in course.katas.values():
        if not kata.checks.is_file():
            raise KataError(
                f"the checks of {kata.name} are not installed, so they cannot be exported",
                next_step="export where the complete course is installed",
            )


def _check_place(repository: str | None, wheels_at: str | None) -> None:
    """Raise `KataError` for a name or address that is not valid in a workflow, or has a secret."""
    if repository is not None and not re.fullmatch(r"[\w.-]+(/[\w.-]+)+", repository):
        raise KataError(
            f"`{repository}` is not a name of a repository",
            next_step="include its owner or group: --repository nets-course/grading",
        )
    if wheels_at is None:
        return
    if not re.fullmatch(r"(https|file)://[^\s'\"#]+", wheels_at):
        raise KataError(
            f"`{wheels_at}` is not an address for wheels",
            next_step="give the address of the folder: --wheels https://packages.example.org/grading",
        )
    if "@" in wheels_at:
        raise KataError(
            "an address with a password would show the password to every submission",
            next_step="serve the wheels without a password, on a host that only the runners reach",
        )


def template_context(grading: Grading, wheels: list[Wheel], pins: list[str]) -> dict[str, Any]:
    """Return the variables that all templates of an exported grader use."""
    return {
        "engine": __version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "course": grading.course,
        "options": grading.options,
        "require": grading.require,
        "borrow": grading.borrow,
        "seed": grading.seed,
        "wheels": wheels,
        "pins": pins,
        "hashed": grading.lock is not None,
    }


def _name(wheel: Wheel) -> str:
    return wheel.name.partition("-")[0].replace("_", "-")


def _quote(wheel: Wheel) -> str:
    """Return a wheel's name for a URL, where the plus of a local version is escaped."""
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


def render_template(template: str, context: Mapping[str, Any]) -> str:
    """Return the text of one of the templates of `kata export`."""
    return _templates().get_template(f"{template}.jinja").render(context)
