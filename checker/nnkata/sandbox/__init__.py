"""The sandbox: worker processes that run a learner's module, and the connection to them (the wire).

The modules in this folder run in the grader; those in `child` run in the fork server and its
workers.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .fork_server import ForkServer


def start_server(level: int = 2) -> ForkServer:
    """Return a started fork server, or its replacement on this system.

    `level` is the highest protection level to try. If processes cannot be forked, as on Windows,
    each worker is a new process, without protection. Raises `ForkServerError`.
    """
    if hasattr(os, "fork"):
        from .fork_server import ForkServer

        return ForkServer(level)
    from .spawn import SpawnServer

    return SpawnServer()
