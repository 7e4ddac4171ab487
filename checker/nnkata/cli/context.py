"""What several commands share: the course, the workspace, workers, JSON on stdout."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..course.loading import read_courses
from ..errors import CourseError, KataError
from ..model import Course, Kata
from ..plugins import BrokenPlugin, installed_plugins
from .terminal.screen import Screen

if TYPE_CHECKING:
    from ..hookspecs import Reporter
    from ..model import Verdicts
    from ..sandbox.pool import WorkerPool
    from ..workspace.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])
DEFAULT_COURSE = "nn_from_scratch"


def courses() -> tuple[dict[str, Course], list[BrokenPlugin]]:
    """Read the installed courses; plugins that are broken are returned beside them."""
    plugins = installed_plugins()
    found, broken = read_courses(plugins.course_roots())
    return found, plugins.broken + broken


def pick_course(name: str | None = None) -> tuple[Course, list[BrokenPlugin]]:
    """Return the course of that name, by default our own or the only one there is."""
    found, broken = courses()
    if name is None:
        name = DEFAULT_COURSE if DEFAULT_COURSE in found else next(iter(found), None)
    if name is None or name not in found:
        why = "; ".join(f"{b.plugin}: {b.why}" for b in broken)
        known = ", ".join(found) or "none"
        raise CourseError(
            f"there is no course {name or 'installed'} (known: {known})"
            + (f"\n  broken plugins: {why}" if why else ""),
            next_step="install the distribution that offers it, or mend the plugin named above",
        )
    return found[name], broken


def print_broken_plugins(broken: Iterable[BrokenPlugin]) -> None:
    """Name broken plugins on stderr; the rest goes on."""
    for plugin in broken:
        click.echo(f"warning: the plugin {plugin.plugin} is left out: {plugin.why}", err=True)


def pick_kata(course: Course, name: str) -> Kata:
    """Return the kata of that name, or of that module; suggest the nearest if there is none."""
    if name in course.katas:
        return course.katas[name]
    for kata in course.katas.values():
        if name.removeprefix(f"{course.package}/") == kata.module:
            return kata
    import difflib

    near = difflib.get_close_matches(name, course.katas, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}?" if near else "`kata list` shows them all"
    raise KataError(f"there is no kata `{name}` in {course.name}", next_step=hint)


def working_folder() -> Path:
    """Return the folder that the command was started in; raises `KataError` when it is gone."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise KataError(
            "the folder that you are in has been removed", next_step="go to another: cd ~"
        ) from None


def open_workspace() -> Workspace:
    """Return the workspace at or above the working folder; broken plugins are named."""
    from ..workspace.workspace import Workspace, find

    root, name = find(working_folder())
    course, broken = pick_course(name)
    print_broken_plugins(broken)
    return Workspace(root, course)


def kata_or_current(workspace: Workspace, name: str | None) -> Kata | None:
    """Return the kata that was asked for, else the one being worked on; None when all is solved."""
    if name is not None:
        return pick_kata(workspace.course, name)
    return workspace.current()


def print_storage_warning(workspace: Workspace) -> None:
    """Say so when progress could not be written."""
    if not workspace.progress.stored:
        click.echo(
            f"note: {workspace.progress.path} cannot be written, so progress is not kept", err=True
        )


def start_pool(debug: bool = False) -> WorkerPool:
    """Return a source of workers, with the server that was started early if there is one."""
    from ..errors import MachineryError
    from ..sandbox.pool import WorkerPool
    from ..sandbox.worker_client import ForkServerError
    from . import early_start

    try:
        if debug:
            from ..sandbox.inline import InlineServer

            return WorkerPool(InlineServer(), limited=False)
        return WorkerPool(early_start.take())
    except (OSError, ForkServerError) as error:
        raise MachineryError(
            f"no process for a learner's module can be started: {error}",
            next_step="`kata doctor` shows what is missing",
        ) from None


def display_path(path: Path) -> str:
    """Return a path as it is typed here: relative where that is shorter."""
    with contextlib.suppress(ValueError):
        return str(path.relative_to(working_folder()))
    return str(path)


def open_browser(address: str) -> bool:
    """Open an address in the person's browser; return whether one was started."""
    import webbrowser

    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False


def print_json(value: Any) -> None:
    """Write a structure as JSON to stdout."""
    from ..text.sanitize import json_text

    click.echo(json_text(value).encode("utf-8"), nl=False)


def print_report(writer: Reporter, result: Verdicts) -> None:
    """Write a report to stdout, in UTF-8 as to a file, whatever the terminal speaks."""
    text = io.StringIO(newline="")
    writer(result, text)
    click.echo(text.getvalue().encode("utf-8", "backslashreplace"), nl=False)


def screen(ctx: click.Context) -> Screen:
    """Return the screen that the options asked for."""
    found = ctx.find_object(Screen)
    return found if found is not None else Screen("auto", False)
