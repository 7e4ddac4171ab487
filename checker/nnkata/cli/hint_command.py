"""`kata hint`: one hint more, when the file has changed since the last one."""

from __future__ import annotations

import click

from ..errors import KataError
from . import common


@click.command()
@click.argument("kata_name", metavar="[KATA]", required=False)
@click.pass_context
def command(ctx: click.Context, kata_name: str | None) -> None:
    """Show a hint for KATA, by default for the one you are working on.

    Each hint says more than the one before. Asking again without having changed the file
    repeats the last one.
    """
    from ..mistakes import mistake_text

    workspace = common.open_workspace()
    kata = common.kata_or_current(workspace, kata_name)
    if kata is None:
        raise KataError("all katas are solved", next_step="name one: kata hint KATA")
    screen = common.screen(ctx)
    module = workspace.sha_of(kata)
    last = workspace.progress.last_hint(kata.name)
    attempt = workspace.progress.last_attempt(kata.name)
    mistakes = attempt.mistakes if attempt is not None and attempt.module == module else []
    hints = kata.file.hints
    start = min((kata.file.hint_for.get(m, 1) for m in mistakes), default=1)
    if last is None:
        level = start
    elif last[1] == module:
        level = last[0]
    else:
        level = max(last[0] + 1, start)
    level = min(level, len(hints))
    for mistake in mistakes:
        path = kata.folder / "mistakes" / f"{mistake}.py"
        if path.is_file():
            screen.wrapped(f"Your last check looks like {mistake}:", bold=True)
            screen.wrapped(mistake_text(path.read_text(encoding="utf-8")), indent=2)
            screen.echo()
    screen.echo(f"{kata.name} · hint {level} of {len(hints)}", bold=True)
    screen.wrapped(hints[level - 1], indent=2)
    workspace.progress.record_hint(kata.name, level, module)
    screen.echo()
    if level < len(hints):
        screen.echo("→ change the module, then ask again for the next hint", dim=True)
    else:
        screen.echo(f"→ the lesson has more: kata show {kata.name}", dim=True)
    common.tell_stored(workspace)
