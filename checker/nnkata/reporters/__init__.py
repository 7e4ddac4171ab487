"""The reporters of the engine, registered through the public hook like those of plugins."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TextIO

from ..hookspecs import Reporter, hookimpl
from ..model import Verdicts

MODULES = {
    "terminal": "overview",
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
    """Return the reporter that calls the function `write` of a module of this package."""

    def write(verdicts: Verdicts, out: TextIO) -> None:
        import_module(f".{module}", __name__).write(verdicts, out)

    write.reads_one_at_a_time = True  # type: ignore[attr-defined]
    return write


@hookimpl
def nnkata_reporters() -> Mapping[str, Reporter]:
    """Return every reporter of the engine."""
    return {name: reporter(module) for name, module in MODULES.items()}
