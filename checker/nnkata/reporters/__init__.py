"""Our own writers of verdicts; they come in through the public hook, like anybody's."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TextIO

from ..hookspecs import Reporter, hookimpl
from ..model import Verdicts

MODULES = {
    "terminal": "terminal",
    "json": "json_report",
    "junit": "junit",
    "github-summary": "github_summary",
    "github-annotations": "github_annotations",
    "gradescope": "gradescope",
    "classroom50": "classroom50",
    "gitlab": "gitlab",
    "html": "html",
}
"""The module of each reporter; it is imported when the reporter writes."""


def reporter(module: str) -> Reporter:
    """Return the reporter whose function `write` stands in a module here."""

    def write(verdicts: Verdicts, out: TextIO) -> None:
        import_module(f".{module}", __name__).write(verdicts, out)

    return write


@hookimpl
def nnkata_reporters() -> Mapping[str, Reporter]:
    """Offer every reporter of ours."""
    return {name: reporter(module) for name, module in MODULES.items()}
