"""Read sources and write files for `kata gradebook`, and list students who are left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import CHECKS_FAILED, KataError

if TYPE_CHECKING:
    from ..gradebook.records import GradebookSnapshot


def split_column(text: str) -> tuple[str, str]:
    """Return the kata and the column of an option KATA=COLUMN; raises `KataError`."""
    kata, sign, column = text.partition("=")
    if not (kata and sign and column):
        raise KataError(
            f"`{text}` is not KATA=COLUMN", next_step='write it as KATA="Week 3 (1234)"'
        )
    return kata, column


def read_source(source: str, texts: bool = True) -> GradebookSnapshot:
    """Return the contents of a gradebook or a result file; raises `KataError`.

    Without `texts`, only the points are read from a gradebook.
    """
    from ..gradebook.records import snapshot_of
    from ..gradebook.source_kind import is_gradebook
    from ..gradebook.sources import open_gradebook
    from ..grading.grader import read_result

    if is_gradebook(source):
        return open_gradebook(source).snapshot(texts)
    return snapshot_of(read_result(Path(source)), source)


def read_moment(source: str, time: str) -> GradebookSnapshot:
    """Return the contents of a gradebook at a time in ISO format; raises `KataError`."""
    from msgspec.structs import replace

    from ..gradebook.source_kind import is_gradebook
    from ..gradebook.sources import open_gradebook
    from ..grading.late_policy import parse_deadline

    if not is_gradebook(source):
        raise KataError(
            f"{source} is not a gradebook, so it has no history",
            next_step="leave out --since: a result belongs to one run",
        )
    snapshot = open_gradebook(source).snapshot(until=parse_deadline(time))
    return replace(snapshot, source=f"{snapshot.source} at {time}")


def print_left_out(ctx: click.Context, lines: list[str], summary: str = "") -> None:
    """Print the students without a mark to stderr, and exit with code 1 if there are any."""
    from ..text.sanitize import one_line

    for line in lines:
        click.echo(f"left out: {one_line(line)}", err=True)
    if summary:
        click.echo(summary, err=True)
    if lines:
        ctx.exit(CHECKS_FAILED)


def write_file_or_stdout(output: Path | None, text: str) -> None:
    """Write a text to a file, or to stdout without one; raises `KataError`."""
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_bytes(text.encode())
    except OSError as error:
        raise KataError(
            f"{output} cannot be written: {error.strerror}", next_step="name another file"
        ) from None
