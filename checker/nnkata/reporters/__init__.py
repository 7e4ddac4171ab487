"""Our own writers of verdicts; they come in through the public hook, like anybody's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

import msgspec

from ..hookspecs import Reporter, hookimpl
from ..model import Verdicts


def write_json(verdicts: Verdicts, out: TextIO) -> None:
    """Write the documented JSON shape, nnkata/verdicts/v1."""
    out.write(msgspec.json.format(msgspec.json.encode(verdicts), indent=2).decode() + "\n")


def write_terminal(verdicts: Verdicts, out: TextIO) -> None:
    """Write what a learner reads, as plain text."""
    from .terminal import plain_text

    out.write(plain_text(verdicts))


@hookimpl
def nnkata_reporters() -> Mapping[str, Reporter]:
    """Offer `json` and `terminal`."""
    return {"json": write_json, "terminal": write_terminal}
