"""The fork server that is started before the rest of the command line is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..sandbox.fork_server import ForkServer

_server: ForkServer | None = None


def start() -> None:
    """Start the fork server; `start_pool` tries again, and reports it, if this fails."""
    global _server
    from ..sandbox import start_server
    from ..sandbox.worker_client import ForkServerError

    try:
        _server = start_server()
    except (OSError, ForkServerError):
        _server = None


def take() -> ForkServer | None:
    """Return the fork server once; None if there is none or it was taken."""
    global _server
    server, _server = _server, None
    return server


def close() -> None:
    """End the fork server if it was not taken."""
    server = take()
    if server is not None:
        server.close()
