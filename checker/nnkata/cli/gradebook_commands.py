"""Answer an unknown subcommand of `kata gradebook` with the most probable one."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import KataError, suggest


class GradebookCommands(click.Group):
    """The subcommands; a file name in place of a subcommand gets a hint."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the subcommand; raises `KataError` if there is no subcommand of that name."""
        name = args[0] if args else ""
        if name and name not in self.commands and not name.startswith("-"):
            near = suggest(name, self.commands, "`kata gradebook {}`", cutoff=0.6)
            if Path(name).suffix or Path(name).exists():
                near = f"`kata gradebook fill {name} …` fills in a file of Canvas or Moodle"
            raise KataError(
                f"`kata gradebook` has no subcommand `{name}`",
                next_step=near or "`kata gradebook --help` lists them",
            )
        return super().resolve_command(ctx, args)
