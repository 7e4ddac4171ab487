"""Write the result of `kata grade`: reports to files and to stdout, or the screen."""

from __future__ import annotations

import errno
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

import click
from msgspec.structs import replace

from ..errors import MACHINERY, USAGE, CourseError, KataError
from ..reporters import reporter
from ..sequences import MEMORY_BYTES
from . import context

if TYPE_CHECKING:
    from ..hookspecs import Reporter
    from ..model import Verdicts


PART = 2**20
"""How many characters of a report are copied at once."""


@dataclass(frozen=True)
class Writer:
    """A requested reporter, and the file that it writes to, or None for stdout."""

    name: str
    reporter: Reporter
    file: Path | None


def pick_writer(option: str) -> Writer:
    """Return the reporter and the file of an option NAME[=FILE]."""
    name, _, file = option.partition("=")
    return Writer(name, context.pick_reporter(name), Path(file) if file else None)


def write(ctx: click.Context, result: Verdicts, as_json: bool, writers: list[Writer]) -> None:
    """Write every report; raises the error of a failed report after the others are written."""
    failures: list[KataError] = []
    for writer in writers:
        try:
            _write_report(writer, result)
        except KataError as error:
            failures.append(error)
    if as_json:
        _write_report(Writer("json", reporter("json_report"), None), result)
    elif not any(writer.file is None for writer in writers):
        _show_result(ctx, result)
    for failure in failures:
        raise failure


def _write_report(writer: Writer, result: Verdicts) -> None:
    """Write one report to its file, or to stdout; raises `KataError`."""
    with tempfile.SpooledTemporaryFile(
        MEMORY_BYTES, "w+", encoding="utf-8", newline="", errors="backslashreplace"
    ) as spool:
        text = cast(TextIO, spool)
        try:
            writer.reporter(_readable(result, writer.reporter), text)  # it may raise
        except KataError:
            raise
        except Exception as error:  # it may be a plugin's code
            raise CourseError(
                f"the reporter {writer.name} failed: {type(error).__name__}: {error}",
                next_step="tell its author; `--report json=FILE` writes everything",
            ) from None
        text.seek(0)
        if writer.file is not None:
            _copy(text, writer.file)
            return
        while part := text.read(PART):
            click.echo(part.encode(), nl=False)


def _readable(result: Verdicts, reporter: Reporter) -> Verdicts:
    """Return the result as a reporter can read it: with a list, unless it needs none."""
    if getattr(reporter, "reads_one_at_a_time", False):
        return result
    return replace(result, verdicts=list(result.verdicts))


def _copy(text: TextIO, file: Path) -> None:
    """Copy the text into the file; raises `KataError`."""
    try:
        with file.open("w", encoding="utf-8", newline="") as out:
            shutil.copyfileobj(text, out)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
        raise KataError(
            f"{file} cannot be written: {error.strerror}",
            next_step="free space on its disk, then try again" if full else "name another file",
            exit_code=MACHINERY if full else USAGE,
        ) from None


def _show_result(ctx: click.Context, result: Verdicts) -> None:
    from ..reporters.overview import write_results

    write_results(context.screen(ctx), result)
