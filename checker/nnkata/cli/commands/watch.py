"""`kata watch`: check a module whenever it is saved."""

from __future__ import annotations

import select
import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Any

import click

from .. import context
from ..terminal.keyboard import Keyboard, Signals, has_terminal
from ..terminal.watch_view import PlainWatchView, TerminalWatchView, WatchView

if TYPE_CHECKING:
    from ...model import Kata
    from ...page.server import PageServer
    from ...watch.session import WatchSession
    from ...workspace.workspace import Workspace


@click.command()
@click.argument("kata_name", metavar="[KATA]", required=False)
@click.option("--poll", is_flag=True, help="Poll the files for changes; for folders on a network.")
@click.option(
    "--page",
    is_flag=True,
    help="Show lesson, picture and verdict in a browser, updated on every save.",
)
@click.option("--port", type=click.IntRange(1, 65535), help="Serve the page on this port.")
@click.option(
    "--host",
    metavar="ADDRESS",
    help="Listen on this address, such as 0.0.0.0 in a container. Any other than the default "
    "implies --forwarded.",
)
@click.option(
    "--forwarded",
    is_flag=True,
    help="Serve the page through a forwarded port, as in Codespaces: under any host name, to "
    "anybody who has the secret part of its address.",
)
@click.option(
    "--open/--no-open",
    "opened",
    default=None,
    help="Whether to open a browser; by default only if the port is not forwarded.",
)
@click.pass_context
def command(ctx: click.Context, /, kata_name: str | None, poll: bool, **served: Any) -> None:
    """Check KATA on every save, by default the one you are working on.

    When you save another kata's module, that kata is watched instead. Keys run the checks, show a
    hint or the list, and go to the next kata. With --plain, or without a terminal, verdicts are
    printed line by line until Ctrl-C. For breakpoint(), use `kata check --debug`.

    With --page, a browser opens that shows the lesson, the pictures and the verdict, and is updated
    too. --port, --host, --forwarded and --open imply --page.
    """
    workspace = context.open_workspace()
    kata = context.pick_kata(workspace.course, kata_name) if kata_name else None
    from ...watch.session import WatchSession

    screen = context.screen(ctx)
    with ExitStack() as stack:
        pool = stack.enter_context(context.start_pool())
        session = stack.enter_context(closing(WatchSession(workspace, pool, poll)))
        keys = has_terminal() and not screen.plain
        view = TerminalWatchView(screen, session) if keys else PlainWatchView(screen, session)
        session.listeners.append(view.on_verdict)
        session.prerequisite_listeners.append(view.on_prerequisite)  # verdicts on them
        if any(served.values()):
            server = stack.enter_context(serve(workspace, session, served))
            view.page = open_page(stack, workspace, server, served["opened"])
            session.on_current_changed = view.on_current_changed  # the page asked for the next kata
        code = watch(session, kata, view, Keyboard() if keys else None)
    context.print_storage_warning(workspace)
    ctx.exit(code)


@contextmanager
def serve(
    workspace: Workspace, session: WatchSession, served: Mapping[str, Any]
) -> Iterator[PageServer]:
    """Serve the pages of a workspace with the options of the command.

    A separate worker pool draws the pictures.
    """
    from ...page.server import HOST, Endpoint, PageServer

    host = served["host"] or HOST
    endpoint = Endpoint(served["port"] or 0, host, served["forwarded"] or host != HOST)
    with (
        context.start_pool() as pool,
        closing(PageServer(workspace.root, workspace.course, pool, endpoint)) as server,
    ):
        server.request_next = session.request_next
        session.listeners.append(server.on_verdict)
        session.prerequisite_listeners.append(server.on_prerequisite)
        server.start()
        yield server


def open_page(
    stack: ExitStack, workspace: Workspace, server: PageServer, opened: bool | None
) -> str:
    """Open the page if requested and possible; return its address, with a note if it failed."""
    if not server.is_public_address_known:
        local = server.address.rpartition(f"/{server.token}")[0]
        return f"{server.address} (put the address of the forwarded port in place of {local})"
    if opened is None:
        opened = not server.endpoint.forwarded
    if opened and not _open(stack, workspace, server.address):
        return f"{server.address} (no browser could be started: open it yourself)"
    return server.address


def _open(stack: ExitStack, workspace: Workspace, address: str) -> bool:
    """Open the page in a browser; return False if that is not possible.

    The secret address is not passed on a command line, but in a file that exists until the `stack`
    is closed.
    """
    try:
        workspace.state.mkdir(exist_ok=True)
        path = stack.enter_context(context.redirecting_file(workspace.state, address))
    except OSError:
        return False
    return context.open_browser(path.as_uri())


def watch(
    session: WatchSession, kata: Kata | None, view: WatchView, keyboard: Keyboard | None
) -> int:
    """Watch until a key or a signal ends it; return the exit code."""
    signals = Signals()
    more = (signal.SIGWINCH, signal.SIGTSTP) if keyboard else ()
    with ExitStack() as stack:
        stack.enter_context(signals.catch(*more))
        if keyboard:
            stack.enter_context(keyboard)
        session.start(kata)
        stack.enter_context(view.display())
        while True:
            for number in signals.take():
                if number == signal.SIGTSTP and keyboard:
                    keyboard.suspend()
                    view.resume()
                elif number == signal.SIGWINCH:
                    view.draw()
                else:
                    return 0 if number == signal.SIGINT else 128 + number
            sources = (session, signals, keyboard) if keyboard else (session, signals)
            inputs = [source.fileno() for source in sources]
            ready = select.select(inputs, [], [], view.timeout())[0]
            if session.fileno() in ready:
                session.step()
            if keyboard and keyboard.fileno() in ready:
                typed = keyboard.keys()
                if typed is None:
                    return 128 + signal.SIGHUP
                if any(view.on_key(key) for key in typed):
                    return 0
            view.on_tick()
