"""The zygote that is started before the command line itself has been imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..jail.parent import Zygote

_zygote: Zygote | None = None


def start() -> None:
    """Start the process that workers are forked from; a failure is reported where it matters."""
    global _zygote
    from ..jail.parent import ZygoteError
    from ..jail.parent import start as start_zygote

    try:
        _zygote = start_zygote()
    except (OSError, ZygoteError):
        _zygote = None


def take() -> Zygote | None:
    """Hand over the early zygote, if there is one."""
    global _zygote
    zygote, _zygote = _zygote, None
    return zygote


def close() -> None:
    """End an early zygote that nobody took."""
    zygote = take()
    if zygote is not None:
        zygote.close()
