"""The documented JSON format nnkata/verdicts/v1, which contains everything."""

from __future__ import annotations

from typing import TextIO

from msgspec.structs import replace

from ..model import Verdicts
from ..text.sanitize import json_text, write_json_list


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write the verdicts as they are, one at a time."""
    rest = json_text(replace(verdicts, verdicts=[]))
    before, name, after = rest.partition('\n  "verdicts": ')  # no text contains a line break
    out.write(before + name)
    write_json_list(verdicts.verdicts, out, depth=1)
    out.write(after.removeprefix("[]"))
