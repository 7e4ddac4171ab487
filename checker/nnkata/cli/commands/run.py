"""`kata run`: Python with the learner's package importable."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...errors import CHECKS_FAILED
from .. import context

if TYPE_CHECKING:
    import traceback
    from collections.abc import Callable


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--kata", "kata_name", help="The kata whose names are defined at the prompt.")
@click.argument("file", metavar="[FILE|KATA]", required=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def command(
    ctx: click.Context, kata_name: str | None, file: str | None, arguments: tuple[str, ...]
) -> None:
    """Run FILE, or the failing call of KATA, or open a prompt; your package can be imported.

    The package consists of the modules that you have solved, your module of the current kata even
    if it does not pass yet, and reference modules for the rest. At the prompt, np, math, random
    and the names of that kata are defined, so that you can paste a failing call into it.
    """
    from ...training.borrowing_importer import importable_package, prompt_names

    workspace = context.open_workspace()
    path = Path(file) if file is not None else None
    failing = workspace.state / "failing"
    if file is not None and path is not None and not path.is_file():
        kata_name = context.pick_kata(workspace.course, file).name
        path = failing / f"{kata_name}.py"
        path = path if path.is_file() else None
    elif path is not None and kata_name is None and path.resolve().parent == failing.resolve():
        kata_name = path.stem  # the call of this kata needs the learner's module of it
    kata = context.kata_or_current(workspace, kata_name)
    with importable_package(workspace, kata):
        if path is not None:
            if not _run_file(path, arguments):
                ctx.exit(CHECKS_FAILED)
            return
        known = prompt_names(workspace.course, kata)
        screen = context.screen(ctx)
        if sys.stdin.isatty():
            more = f" and the names of {kata.name}" if kata is not None else ""
            screen.echo(f"np, math, random{more} are defined here. Ctrl-D exits.")
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401  (gives the prompt its history)
        if sys.stdin.isatty():
            _prompt(known)
        else:
            text = sys.stdin.read()
            if not text.strip():
                screen.echo("Nothing to run: give a FILE, or lines of Python on standard input.")
                return
            if not _runs(lambda: _run_pasted_text(known, text)):
                ctx.exit(CHECKS_FAILED)


def _run_file(path: Path, arguments: tuple[str, ...]) -> bool:
    """Run a program as Python does; return False after an exception.

    The traceback is shown without nnkata's frames.
    """
    import runpy

    sys.argv = [str(path), *arguments]
    return _runs(lambda: runpy.run_path(str(path), run_name="__main__"))


def _runs(program: Callable[[], object]) -> bool:
    """Run a program; return False after an exception, which is shown without nnkata's frames."""
    import traceback

    try:
        program()
    except Exception as error:
        report = traceback.TracebackException.from_exception(error)
        _drop_engine_frames(report)
        print("".join(report.format()), end="", file=sys.stderr)
        return False
    return True


def _drop_engine_frames(report: traceback.TracebackException) -> None:
    """Leave out the frames of nnkata and of Python's own importing and running of programs."""
    import traceback

    ours = str(Path(__file__).parents[2])
    report.stack = traceback.StackSummary.from_list(
        [f for f in report.stack if not f.filename.startswith((ours, "<frozen "))]
    )
    for inner in (report.__cause__, report.__context__):
        if inner is not None:
            _drop_engine_frames(inner)


def _prompt(known: dict[str, Any]) -> None:
    """Open a prompt; a pasted statement may be indented as a whole."""
    import code

    class Console(code.InteractiveConsole):
        margin = ""

        def push(self, line: str, *more: Any, **named: Any) -> bool:
            if not self.buffer:
                self.margin = line[: len(line) - len(line.lstrip())]
            return super().push(line.removeprefix(self.margin), *more, **named)

    Console(known).interact(banner="", exitmsg="")


def _run_pasted_text(known: dict[str, Any], text: str) -> None:
    """Run text from a pipe as a prompt does: print the value of each expression."""
    import ast
    import textwrap

    for statement in ast.parse(textwrap.dedent(text)).body:
        source = ast.Module([statement], []) if not isinstance(statement, ast.Expr) else None
        if source is not None:
            exec(compile(source, "<stdin>", "exec"), known)
        else:
            assert isinstance(statement, ast.Expr)
            value = eval(compile(ast.Expression(statement.value), "<stdin>", "eval"), known)
            if value is not None:
                print(repr(value))
