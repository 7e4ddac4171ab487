"""The command `kata` and its subcommands, in the order in which a learner meets them."""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys
import traceback
from typing import Any

import click

from .. import __version__
from ..errors import MACHINERY, OK, STOPPED, KataError
from . import early_start
from .terminal.screen import Screen

LEARNER = {
    "init": "Make a workspace, or bring one up to date.",
    "next": "Show what to do next.",
    "check": "Run the hidden checks on a module.",
    "watch": "Check at every save.",
    "hint": "Show the next hint.",
    "show": "Show a kata's lesson.",
    "list": "List the katas and what is solved.",
    "solution": "Show the reference solution of a solved kata.",
    "reset": "Put a module back to its stub.",
    "restore": "Bring back an earlier version of a file.",
    "train": "Train the network, with the modules that are yours.",
    "report": "Write pages with lessons, pictures and verdicts.",
    "run": "Run Python with the network at hand.",
    "doctor": "Show what protects and what is missing.",
}
INSTRUCTOR = {
    "new": "Start a kata or a course from templates.",
    "stub": "Write a kata's stub anew from its reference.",
    "verify": "Prove that katas are done.",
    "grade": "Grade what others handed in.",
    "gradebook": "Fill in a gradebook that Canvas or Moodle exported.",
    "export": "Take a course to Gradescope, GitHub, GitLab or learners.",
}


class Commands(click.Group):
    """Loads a command's module when the command is called."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take --plain and --color wherever they stand: `kata check --plain` reads well."""
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
        """Run the command; an error is said as the screen can show it."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would take it for a failure of ours
            _drop_output()
            raise click.exceptions.Exit(OK) from None
        except KeyboardInterrupt:
            _say("stopped", "run the command again")
            raise click.exceptions.Exit(STOPPED) from None
        except KataError as error:
            if isinstance(ctx.obj, Screen):
                error.screen_text = ctx.obj.error(error.message, error.next_step)
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in order."""
        del ctx
        return [*LEARNER, *INSTRUCTOR]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its file."""
        del ctx
        if cmd_name not in LEARNER and cmd_name not in INSTRUCTOR:
            return None
        command = importlib.import_module(f".commands.{cmd_name}", __package__).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for one that does not exist."""
        name = args[0] if args else ""
        if name and name not in LEARNER and name not in INSTRUCTOR and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, [*LEARNER, *INSTRUCTOR], n=1)
            hint = f"did you mean `kata {near[0]}`?" if near else "`kata --help` lists them"
            raise KataError(f"there is no command `{name}`", next_step=hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        for title, commands in (("Learning", LEARNER), ("Teaching", INSTRUCTOR)):
            with formatter.section(title):
                formatter.write_dl(list(commands.items()))

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and give every end its documented exit code.

        A broken pipe is quiet; Ctrl-C is 130; what nobody foresaw is 5, which is never a grade.
        """
        try:
            return super().main(*args, **extra)
        except OSError as error:
            _say(f"Error: {error.strerror or error}{_place(error)}", "fix that, then run it again")
            _drop_output()
            raise SystemExit(MACHINERY) from None
        except Exception:
            traceback.print_exc()
            _say("Error: nnkata itself failed; this is not a grade", "please report the lines above")
            raise SystemExit(MACHINERY) from None
        finally:
            early_start.close()


def _place(error: OSError) -> str:
    """Return the file that an error of the system is about, or the output where none is named."""
    if error.filename is not None:
        return f": {error.filename}"
    full = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
    return ": the output cannot be written" if error.errno in full else ""


def _say(what: str, next_step: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"{what}\n  → {next_step}\n")


def _drop_output() -> None:
    """Send what is still waiting to be written nowhere, or Python's own exit would fail on it."""
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
    help="Use colour (NO_COLOR and FORCE_COLOR are heeded too).",
)
@click.option("--plain", is_flag=True, help="Lines of plain text: no colour, no symbols.")
@click.option(
    "-C",
    "--directory",
    type=click.Path(exists=True, file_okay=False),
    help="Work as if started in this folder.",
)
@click.pass_context
def kata(ctx: click.Context, color: str, plain: bool, directory: str | None) -> None:
    """Build a neural network from nothing, one module at a time.

    Start with `kata init`; after it `kata next` says what to do.
    """
    if directory:
        os.chdir(directory)
    ctx.obj = Screen(color, plain)
