"""The command `kata` and its subcommands, in the order in which a learner meets them."""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys
import traceback
from pathlib import PurePath
from typing import Any

import click

from .. import __version__
from ..errors import MACHINERY, OK, STOPPED, KataError, suggest
from . import early_start
from .terminal.screen import Screen

LEARNER = {
    "init": "Make a workspace, or update one.",
    "next": "Show what to do next.",
    "predict": "Answer a kata's question before its lesson.",
    "check": "Run the hidden checks on a module.",
    "watch": "Check a module on every save.",
    "hint": "Show the next hint.",
    "show": "Show a kata's lesson.",
    "place": "Find the part of the course to begin with.",
    "list": "List the katas and their states.",
    "solution": "Show the reference solution of a solved kata.",
    "reset": "Replace a module with its stub.",
    "restore": "Bring back an earlier version of a file.",
    "train": "Run the training program of the course, with your modules.",
    "report": "Write pages with lessons, pictures and the results of the checks.",
    "run": "Run Python with your package importable.",
    "doctor": "Show how this machine is protected from the code that is checked.",
}
ALIASES = {"test": "check"}
"""Alternative names of commands."""

INSTRUCTOR = {
    "new": "Create a kata or a course from templates.",
    "stub": "Write a kata's stub from its reference.",
    "verify": "Verify that katas are complete.",
    "grade": "Grade submissions.",
    "classmap": "Show how the submissions of a class fail.",
    "gradebook": "Show, correct, compare and export the marks of a cohort.",
    "export": "Export a course for Gradescope, GitHub, GitLab or learners.",
}


class Commands(click.Group):
    """A group of commands that imports a command's module when the command is called."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse arguments; --plain and --color may follow the command too: `kata check --plain`."""
        end = args.index("--") if "--" in args else len(args)
        before, after = args[:end], args[end:]
        hoisted: list[str] = []
        rest: list[str] = []
        while before:
            word = before.pop(0)
            if word == "--plain" or word.startswith("--color="):
                hoisted.append(word)
            elif word == "--color" and before:
                hoisted += [word, before.pop(0)]
            else:
                rest.append(word)
        return super().parse_args(ctx, [*hoisted, *rest, *after])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error is formatted for the screen."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would exit with the code 1
            _drop_output()
            raise click.exceptions.Exit(OK) from None
        except KeyboardInterrupt:
            _print_error("stopped", "run the command again")
            raise click.exceptions.Exit(STOPPED) from None
        except KataError as error:
            if isinstance(ctx.obj, Screen):
                error.screen_text = ctx.obj.error(error.message, error.next_step)
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in order."""
        del ctx
        return [*LEARNER, *INSTRUCTOR]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or None if there is no command of that name."""
        del ctx
        cmd_name = ALIASES.get(cmd_name, cmd_name)
        if cmd_name not in LEARNER and cmd_name not in INSTRUCTOR:
            return None
        command = importlib.import_module(f".commands.{cmd_name}", __package__).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command; raises `KataError` with the nearest name if there is none."""
        name = args[0] if args else ""
        name = ALIASES.get(name, name)
        if name and name not in LEARNER and name not in INSTRUCTOR and not name.startswith("-"):
            near = suggest(name, [*LEARNER, *INSTRUCTOR], "`kata {}`", cutoff=0.6)
            hint = near or "`kata --help` lists them"
            raise KataError(f"there is no command `{name}`", next_step=hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        del ctx
        for title, commands in (("Learning", LEARNER), ("Teaching", INSTRUCTOR)):
            with formatter.section(title):
                formatter.write_dl(list(commands.items()))

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command, and exit with a documented code.

        A broken pipe is silent, Ctrl-C exits with 130, and an unexpected exception with 5, so that
        no caller takes it for a grade.
        """
        try:
            return super().main(*args, **extra)
        except OSError as error:
            _print_error(
                f"Error: {error.strerror or error}{_place(error)}", "fix that, then try again"
            )
            _drop_output()
            raise SystemExit(MACHINERY) from None
        except Exception as error:
            place = _place_in_numpy(error)
            if place:
                _print_error(
                    f"Error: numpy cannot be imported: {type(error).__name__}: {error} ({place})",
                    "`python -c 'import numpy'` shows the whole error; "
                    "`python -m pip install --force-reinstall numpy` installs it again",
                )
                raise SystemExit(MACHINERY) from None
            traceback.print_exc()
            _print_error(
                "Error: nnkata itself failed; this is not a grade", "report the lines above"
            )
            raise SystemExit(MACHINERY) from None
        finally:
            early_start.close()


def _place_in_numpy(error: Exception) -> str:
    """Return where numpy failed while it was imported, or "" if that is not the error."""
    if isinstance(error, ModuleNotFoundError) and error.name == "numpy":
        return "not installed"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.name == "<module>" and "numpy" in PurePath(frame.filename).parts:
            return f"{frame.filename}, line {frame.lineno}"
    return ""


def _place(error: OSError) -> str:
    """Return the file that a system error concerns, as the end of a sentence, or ""."""
    if error.filename is not None:
        return f": {error.filename}"
    full = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
    return ": the output cannot be written" if error.errno in full else ""


def _print_error(message: str, next_step: str) -> None:
    """Write two lines to stderr, if it can be written to."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"{message}\n  → {next_step}\n")


def _drop_output() -> None:
    """Redirect stdout to the null device, so that Python can flush it at exit."""
    with contextlib.suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.close(null)


@click.group(
    cls=Commands,
    context_settings={"auto_envvar_prefix": "KATA", "help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="kata")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Use colour (NO_COLOR and FORCE_COLOR are respected too).",
)
@click.option("--plain", is_flag=True, help="Print plain text without colour or symbols.")
@click.option(
    "-C",
    "--directory",
    type=click.Path(exists=True, file_okay=False),
    help="Run as if started in this folder.",
)
@click.pass_context
def kata(ctx: click.Context, color: str, plain: bool, directory: str | None) -> None:
    """Write a program from scratch, one module at a time, with checks for each module.

    A kata is one lesson, with one module to write.

    Start with `kata init`. Then `kata next` shows what to do.
    """
    if directory:
        os.chdir(directory)
    ctx.obj = Screen(color, plain)
