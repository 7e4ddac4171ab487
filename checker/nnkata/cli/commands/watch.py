"""`kata watch`: save, and the verdict stands there."""

from __future__ import annotations

import select
import signal
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

import click

from .. import context
from ..terminal.keyboard import Keyboard, Signals, has_terminal
from ..terminal.watch_view import Face, InLines, OnScreen

if TYPE_CHECKING:
    from ...model import Kata
    from ...page.server import PageServer
    from ...watch.session import Session
    from ...workspace.workspace import Workspace


@click.command()
@click.argument("kata_name", metavar="[KATA]", required=False)
@click.option(
    "--poll", is_flag=True, help="Look at the files again and again: for network folders."
)
@click.option(
    "--page", is_flag=True, help="Serve a page that follows every save, to a browser here."
)
@click.option("--port", type=click.IntRange(1, 65535), help="Serve the page on this port.")
@click.option("--open", "opened", is_flag=True, help="Open the page in a browser.")
@click.pass_context
def command(
    ctx: click.Context, kata_name: str | None, poll: bool, page: bool, port: int | None,
    opened: bool,
) -> None:  # fmt: skip
    """Check at every save: KATA, by default the one you are working on.

    Save another kata's module, and that one is checked from then on. Keys run the checks, show a
    hint or the list, and go on to the next kata; with --plain, or without a terminal, verdicts are
    printed line by line until Ctrl-C. For breakpoint() there is `kata check --debug`.

    With --page, lesson, picture and verdict stand in a browser on this machine, and follow too.
    """
    workspace = context.open_workspace()
    kata = context.pick_kata(workspace.course, kata_name) if kata_name else None
    from ...watch.session import Session

    screen = context.screen(ctx)
    with ExitStack() as stack:
        pool = stack.enter_context(context.pool())
        session = stack.enter_context(closing(Session(workspace, pool, poll)))
        keys = has_terminal() and not screen.plain
        face = OnScreen(screen, session) if keys else InLines(screen, session)
        session.listeners.append(face.heard)
        if page or port or opened:
            server = stack.enter_context(served(workspace, port))
            session.listeners.append(server.heard)
            face.page = server.address
            if opened and not context.open_browser(server.address):
                face.page += " (no browser could be started: open it yourself)"
        code = watch(session, kata, face, Keyboard() if keys else None)
    context.tell_stored(workspace)
    ctx.exit(code)


@contextmanager
def served(workspace: Workspace, port: int | None) -> Iterator[PageServer]:
    """Serve the pages of a workspace, with workers of their own to draw with."""
    from ...page.server import PageServer

    with (
        context.pool() as pool,
        closing(PageServer(workspace.root, workspace.course, pool, port or 0)) as server,
    ):
        server.start()
        yield server


def watch(session: Session, kata: Kata | None, face: Face, keyboard: Keyboard | None) -> int:
    """Watch until somebody ends it; return the exit code."""
    signals = Signals(session.wake)
    more = (signal.SIGWINCH, signal.SIGTSTP) if keyboard else ()
    with ExitStack() as stack:
        stack.enter_context(signals.heeded(*more))
        if keyboard:
            stack.enter_context(keyboard)
        session.start(kata)
        stack.enter_context(face.shown())
        while True:
            for number in signals.take():
                if number == signal.SIGTSTP and keyboard:
                    keyboard.stopped()
                    face.back()
                elif number == signal.SIGWINCH:
                    face.draw()
                else:
                    return 0 if number == signal.SIGINT else 128 + number
            inputs = [session.fileno(), *([keyboard.fileno()] if keyboard else [])]
            ready = select.select(inputs, [], [], face.patience())[0]
            if session.fileno() in ready:
                session.step()
            if keyboard and keyboard.fileno() in ready:
                typed = keyboard.keys()
                if typed is None:
                    return 128 + signal.SIGHUP
                if any(face.press(key) for key in typed):
                    return 0
            face.look()
