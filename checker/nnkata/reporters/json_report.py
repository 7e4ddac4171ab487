"""The documented JSON format nnkata/verdicts/v1, which contains everything."""

from __future__ import annotations

from typing import TextIO

from ..model import Verdicts
from ..text.sanitize import json_text


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write the verdicts as they are."""
    out.write(json_text(verdicts))
