"""The sandbox: workers, which are processes that run a learner's module, and the wire to them.

The modules here are the grader's side. Those in `child` run inside the fork server and its workers.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .fork_server import ForkServer


def start_server(level: int = 2) -> ForkServer:
    """Start what workers come from on this system, and return it.

    `level` is the highest protection level to try. Where processes cannot be forked, each worker
    is a new process, without protection. Raises `ForkServerError`.
    """
    if hasattr(os, "fork"):
        from .fork_server import ForkServer

        return ForkServer(level)
    from .spawn import SpawnServer

    return SpawnServer()
