"""`kata train`: run the course's training with the modules that the learner has solved."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ...errors import CHECKS_FAILED, KataError
from .. import context
from ..messages import show_meter

if TYPE_CHECKING:
    from ...training.borrowing_importer import BorrowingFinder
    from ...workspace.workspace import Workspace
    from ..terminal.screen import Screen


@click.command()
@click.option(
    "--afresh", is_flag=True, help="Start again; discard the state of a stopped training run."
)
@click.pass_context
def command(ctx: click.Context, afresh: bool) -> None:
    """Run the training program of the course, with your modules.

    If the course has no training, run the package as a program. The training uses your solved
    modules, and reference modules for the rest. A module that you were given to repair is used in
    its current state. This is your own program: it runs without a sandbox, as if
    you ran it yourself. Ctrl-C stops it, and the next `kata train` continues from there unless a
    module has changed.

    Exit codes: 0 finished, 1 a module raised an exception, 2 usage error, 3 the course
    is broken, 130 stopped.
    """
    from ...training.borrowing_importer import importable_package

    workspace = context.open_workspace()
    screen = context.screen(ctx)
    course = workspace.course
    solved = workspace.solved_katas()
    _require_program(workspace)
    _require_modules(workspace, solved)
    live = _is_live(screen)
    own = [name for name in course.katas if name in solved]
    unsolved = [name for name in course.katas if name not in solved]
    faulty = [name for name in unsolved if course.katas[name].file.repair]
    borrowed = [name for name in unsolved if name not in faulty]
    show_meter(screen, course, len(own))
    if own:
        screen.paragraph(f"yours: {', '.join(own)}", hang=2, fg="green")
    if borrowed and (not live or len(borrowed) <= 3):
        screen.paragraph(f"borrowed: {', '.join(borrowed)}", hang=2)
    elif borrowed:
        screen.echo(f"borrowed: {len(borrowed)}")
    if faulty:
        screen.paragraph(f"faulty until you repair it: {', '.join(faulty)}", hang=2)
    screen.echo()
    sys.stdout.flush()
    with importable_package(workspace, faulty=True) as finder:
        note = _own_program_note(workspace, finder)
        if note:
            screen.paragraph(note)
            screen.echo()
        if note or course.training is None:
            code = _run_program(screen, workspace, finder)
        else:
            from ..terminal.train_session import run

            code = run(screen, workspace, finder, live, afresh)
    if code:
        ctx.exit(code)


def _is_live(screen: Screen) -> bool:
    """Return whether stdout is a terminal that supports the live view."""
    import os

    return not screen.plain and os.environ.get("TERM") != "dumb" and sys.stdout.isatty()


def _own_program_note(workspace: Workspace, finder: BorrowingFinder) -> str:
    """Return why the learner's `__main__` is run instead of the course's stages, or ""."""
    course = workspace.course
    given, used = course.given.get("__main__.py"), finder.files.get("__main__.py")
    if course.training is None or given is None or used is None or used == given:
        return ""
    if used.read_bytes() == given.read_bytes():
        return ""
    import hashlib

    file = f"{course.package}/__main__.py"
    shipped = workspace.progress.shipped_hashes().get("__main__.py")
    if hashlib.sha256(used.read_bytes()).hexdigest() == shipped:
        return f"{file} is an earlier version; kata init brings it up to date."
    return f"{file} is a program of your own, so it is run instead of the course's training."


def _run_program(screen: Screen, workspace: Workspace, finder: BorrowingFinder) -> int:
    """Run the package as a program, as `python -m` does."""
    import runpy

    from ..terminal.train_session import show_exception

    sys.argv = [workspace.course.package]
    try:
        runpy.run_module(workspace.course.package, run_name="__main__", alter_sys=True)
    except (KataError, BrokenPipeError):
        raise
    except Exception as error:
        show_exception(screen, workspace, finder, error)
        return CHECKS_FAILED
    return 0


def _require_program(workspace: Workspace) -> None:
    """Raise `KataError` if the course has no training and its package is not a program."""
    course = workspace.course
    if course.training is not None or "__main__.py" in course.given:
        return
    if not (workspace.package / "__main__.py").is_file():
        raise KataError(
            f"the course {course.name} has no training, and its package is not a program",
            next_step="`kata check --every` checks all katas",
        )


def _require_modules(workspace: Workspace, solved: frozenset[str]) -> None:
    """Raise `KataError` if a module is not solved and cannot be borrowed.

    A module whose file is missing is reported by `importable_package`.
    """
    course = workspace.course
    missing = [n for n in course.katas if n not in solved and not course.can_borrow(n)]
    if not missing or not workspace.path_of(course.katas[missing[0]]).is_file():
        return
    first = course.katas[missing[0]]
    why = (
        "this installation has no reference modules"
        if course.borrow
        else "this course does not lend reference modules"
    )
    steps = f"kata show {first.name}, write it, kata check {first.name}"
    if not first.checks.is_file():
        steps = (
            f"nothing can be checked here; python -m {course.package} runs what you have written"
        )
    raise KataError(
        f"{workspace.display_path(first)} is not solved yet, and {why}, so the {course.whole} "
        f"cannot run ({len(missing)} of {len(course.katas)} modules are missing)",
        next_step=steps,
    )
