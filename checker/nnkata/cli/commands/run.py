"""`kata run`: Python with the learner's network at hand."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import click

from .. import context


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--kata", "kata_name", help="Whose names the prompt knows.")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def command(
    ctx: click.Context, kata_name: str | None, file: Path | None, arguments: tuple[str, ...]
) -> None:
    """Run FILE, or open a prompt, where your network can be imported.

    What you have solved is yours; the reference stands in for the rest, but the module of the
    kata at hand is yours even if it does not pass yet. The prompt knows np, math, random and the
    names of that kata, so that a failing call can be pasted into it.
    """
    import code
    import runpy

    from ...training.borrowing_importer import names, network

    workspace = context.open_workspace()
    kata = context.kata_or_current(workspace, kata_name)
    with network(workspace, kata):
        if file is not None:
            sys.argv = [str(file), *arguments]
            runpy.run_path(str(file), run_name="__main__")
            return
        known = names(workspace.course, kata)
        screen = context.screen(ctx)
        if sys.stdin.isatty():
            whose = f" and the names of {kata.name}" if kata is not None else ""
            screen.echo(f"np, math, random{whose} are known here. Ctrl-D leaves.")
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401  (gives the prompt its history)
        console = code.InteractiveConsole(known)
        if sys.stdin.isatty():
            console.interact(banner="", exitmsg="")
        else:
            _pasted(console, sys.stdin.read())


def _pasted(console: object, text: str) -> None:
    """Run what came through a pipe as a prompt would: the value of each expression is shown."""
    import ast

    known = console.locals  # type: ignore[attr-defined]
    for statement in ast.parse(text).body:
        source = ast.Module([statement], []) if not isinstance(statement, ast.Expr) else None
        if source is not None:
            exec(compile(source, "<stdin>", "exec"), known)
        else:
            assert isinstance(statement, ast.Expr)
            value = eval(compile(ast.Expression(statement.value), "<stdin>", "eval"), known)
            if value is not None:
                print(repr(value))
