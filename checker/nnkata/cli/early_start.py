"""The server that is started before the command line itself has been imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..sandbox.fork_server import ForkServer

_zygote: ForkServer | None = None


def start() -> None:
    """Start the process that workers are forked from; a failure is reported where it matters."""
    global _zygote
    from ..sandbox import start_server
    from ..sandbox.worker_client import ForkServerError

    try:
        _zygote = start_server()
    except (OSError, ForkServerError):
        _zygote = None


def take() -> ForkServer | None:
    """Hand over the early server, if there is one."""
    global _zygote
    server, _zygote = _zygote, None
    return server


def close() -> None:
    """End an early server that nobody took."""
    server = take()
    if server is not None:
        server.close()
