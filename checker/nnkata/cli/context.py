"""Functions that several commands share: the course, the workspace, workers, JSON on stdout."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..course.loading import NO_CACHE, read_courses
from ..errors import CourseError, KataError, suggest
from ..file_cache import FileCache
from ..model import Course, Kata
from ..plugins import BrokenPlugin, installed_plugins
from .terminal.screen import Screen

if TYPE_CHECKING:
    from ..hookspecs import Reporter
    from ..model import Verdict, Verdicts
    from ..sandbox.pool import WorkerPool
    from ..workspace.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])
DEFAULT_COURSE = "nn_from_scratch"
TEXT_BROWSERS = ("www-browser", "links", "elinks", "lynx", "w3m")


def courses(cache: FileCache = NO_CACHE) -> tuple[dict[str, Course], list[BrokenPlugin]]:
    """Return the installed courses by name, and the plugins that are broken."""
    plugins = installed_plugins()
    by_name, broken = read_courses(plugins.course_roots(), cache)
    return by_name, plugins.broken + broken


def pick_course(
    name: str | None = None, *, requested: bool = True, cache: FileCache = NO_CACHE
) -> tuple[Course, list[BrokenPlugin]]:
    """Return a course, by default DEFAULT_COURSE or the first one installed, and broken plugins.

    Raises `KataError` if there is no such course: a usage error if its name was requested on the
    command line, and no broken plugin can be the cause; otherwise a `CourseError`.
    """
    installed, broken = courses(cache)
    requested = requested and name is not None
    if name is None:
        name = DEFAULT_COURSE if DEFAULT_COURSE in installed else next(iter(installed), None)
    if name is None or name not in installed:
        why = "; ".join(f"{b.plugin}: {b.why}" for b in broken)
        known = ", ".join(installed) or "none"
        message = f"there is no course {name or 'installed'} (known: {known})"
        if requested and not broken:
            near = suggest(str(name), installed, cutoff=0.4)
            raise KataError(message, next_step=near or "name one of these with --course")
        raise CourseError(
            message + (f"\n  broken plugins: {why}" if why else ""),
            next_step="install the distribution that offers it, or fix the plugin named above",
        )
    return installed[name], broken


def print_broken_plugins(broken: Iterable[BrokenPlugin]) -> None:
    """Print the names of broken plugins to stderr, with the reasons."""
    for plugin in broken:
        click.echo(f"warning: the plugin {plugin.plugin} is left out: {plugin.why}", err=True)


def pick_kata(course: Course, name: str) -> Kata:
    """Return a kata by its name or its module's path; raises `KataError` with the nearest name."""
    if name in course.katas:
        return course.katas[name]
    for kata in course.katas.values():
        if name == kata.module:
            return kata
    from .module_files import kata_of_file

    return kata_of_file(course, name, working_folder())


def working_folder() -> Path:
    """Return the working folder; raises `KataError` if it no longer exists."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise KataError(
            "the folder that you are in has been removed", next_step="go to another: cd ~"
        ) from None


def open_workspace() -> Workspace:
    """Return the workspace at or above the working folder, and print broken plugins."""
    from ..workspace.workspace import Workspace, find, open_cache

    root, name = find(working_folder())
    # Only for a learner's own commands: grading must not read files that a learner can write.
    cache = open_cache(root)
    course, broken = pick_course(name, requested=False, cache=cache)
    print_broken_plugins(broken)
    return Workspace(root, course, cache)


def kata_or_current(workspace: Workspace, name: str | None) -> Kata | None:
    """Return the named kata, or without a name the current one; None if all katas are solved."""
    if name is not None:
        return pick_kata(workspace.course, name)
    return workspace.current()


def require_lending(course: Course) -> None:
    """Raise `KataError` if the course lends no modules, so that katas must be solved in order."""
    if not course.borrow:
        raise KataError(
            "this course lends no modules, so each kata needs the ones before it",
            next_step="kata next",
        )


def print_storage_warning(workspace: Workspace) -> None:
    """Print a note to stderr if progress could not be stored."""
    if not workspace.progress.stored:
        click.echo(
            f"note: {workspace.progress.path} cannot be written, so progress is not stored",
            err=True,
        )


def print_broken_course(verdicts: Iterable[Verdict]) -> bool:
    """Print to stderr which checks and files of the course are broken; return whether any is."""
    lines = []
    for verdict in verdicts:
        lines += [
            f"{verdict.kata}: the check {o.check} is broken: {o.message}"
            for o in verdict.outcomes
            if o.outcome == "broken" and o.message not in verdict.broken_files
        ]
        lines += [
            f"{verdict.kata}: a file of the course is broken: {f}" for f in verdict.broken_files
        ]
    for line in dict.fromkeys(lines):  # many submissions have the same fault
        click.echo(line, err=True)
    if lines:
        click.echo("  → this is a fault of the course: tell its author", err=True)
    return bool(lines)


def start_pool(debug: bool = False) -> WorkerPool:
    """Return a worker pool, with the fork server that was started early if there is one.

    With `debug`, modules run in this process. Raises `MachineryError` if no process can be started.
    """
    from ..errors import MachineryError
    from ..files import require_temporary_folder
    from ..sandbox.pool import WorkerPool
    from ..sandbox.worker_client import ForkServerError
    from . import early_start

    try:
        if debug:
            from ..sandbox.inline import InlineServer

            return WorkerPool(InlineServer(), limited=False)
        return WorkerPool(early_start.take())
    except (OSError, ForkServerError) as error:
        require_temporary_folder()
        raise MachineryError(
            f"a process for a learner's module cannot be started: {error}",
            next_step="`kata doctor` shows what is missing",
        ) from None


def display_path(path: Path) -> str:
    """Return a path as text, relative to the working folder if it is inside it."""
    with contextlib.suppress(ValueError):
        return str(path.relative_to(working_folder()))
    return str(path)


def open_browser(address: str) -> bool:
    """Open an address in a browser; return False if none could be started.

    A browser that needs the terminal is not started: the command uses the terminal itself.
    """
    import webbrowser

    try:
        name = str(getattr(webbrowser.get(), "name", ""))
        return Path(name).name not in TEXT_BROWSERS and webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False


@contextlib.contextmanager
def redirecting_file(folder: Path, address: str) -> Iterator[Path]:
    """Make a file that redirects a browser to an address, and remove it at the end.

    Every user of the machine can read the command line of a browser, so a secret address must not
    be in it. Only this user can read the file. Raises `OSError`.
    """
    import html
    import os
    import tempfile

    text = f'<!doctype html><meta http-equiv="refresh" content="0; url={html.escape(address)}">\n'
    number, name = tempfile.mkstemp(prefix="page-", suffix=".html", dir=folder)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def reveal_option(function: F) -> F:
    """Add the option --reveal to a command."""
    from ..model import REVEAL_LEVELS

    return click.option(
        "--reveal",
        type=click.Choice(REVEAL_LEVELS),
        default="all",
        help="Choose how much of a failure to show.",
    )(function)


def pick_reporter(name: str) -> Reporter:
    """Return a reporter by its name; raises `KataError` with the known names."""
    reporters = installed_plugins().reporters()
    if name not in reporters:
        raise KataError(
            f"there is no reporter `{name}`", next_step=f"known reporters: {', '.join(reporters)}"
        )
    return reporters[name]


def print_json(value: Any) -> None:
    """Write a structure as JSON to stdout."""
    from ..text.sanitize import json_text

    click.echo(json_text(value).encode("utf-8"), nl=False)


def print_report(writer: Reporter, result: Verdicts) -> None:
    """Write a report to stdout in UTF-8, whatever the encoding of the terminal is."""
    text = io.StringIO(newline="")
    writer(result, text)
    click.echo(text.getvalue().encode("utf-8", "backslashreplace"), nl=False)


def screen(ctx: click.Context) -> Screen:
    """Return the screen for the options --color and --plain."""
    screen = ctx.find_object(Screen)
    return screen if screen is not None else Screen("auto", False)
