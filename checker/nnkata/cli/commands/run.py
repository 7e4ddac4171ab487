"""`kata run`: Python with the learner's package importable."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import click

from .. import context


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--kata", "kata_name", help="The kata whose names the prompt knows.")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def command(
    ctx: click.Context, kata_name: str | None, file: Path | None, arguments: tuple[str, ...]
) -> None:
    """Run FILE, or open a prompt, where your package can be imported.

    It uses the modules that you have solved, your module of the current kata even if it does not
    pass yet, and reference modules for the rest. The prompt knows np, math, random and the names
    of that kata, so that you can paste a failing call into it.
    """
    import code
    import runpy

    from ...training.borrowing_importer import importable_package, prompt_names

    workspace = context.open_workspace()
    kata = context.kata_or_current(workspace, kata_name)
    with importable_package(workspace, kata):
        if file is not None:
            sys.argv = [str(file), *arguments]
            runpy.run_path(str(file), run_name="__main__")
            return
        known = prompt_names(workspace.course, kata)
        screen = context.screen(ctx)
        if sys.stdin.isatty():
            more = f" and the names of {kata.name}" if kata is not None else ""
            screen.echo(f"np, math, random{more} are known here. Ctrl-D leaves.")
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401  (gives the prompt its history)
        console = code.InteractiveConsole(known)
        if sys.stdin.isatty():
            console.interact(banner="", exitmsg="")
        else:
            _run_pasted_text(console, sys.stdin.read())


def _run_pasted_text(console: object, text: str) -> None:
    """Run text from a pipe as a prompt does: print the value of each expression."""
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
