"""Write the result of `kata grade`: reports to files and to stdout, or the screen."""

from __future__ import annotations

import errno
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import MACHINERY, USAGE, CourseError, KataError
from . import context

if TYPE_CHECKING:
    from ..hookspecs import Reporter
    from ..model import Verdicts


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
        context.print_json(result)
    elif not any(writer.file is None for writer in writers):
        _show_result(ctx, result)
    for failure in failures:
        raise failure


def _write_report(writer: Writer, result: Verdicts) -> None:
    """Write one report to its file, or to stdout; raises `KataError`."""
    text = io.StringIO(newline="")
    try:
        writer.reporter(result, text)  # before the file is opened, in case it raises
    except KataError:
        raise
    except Exception as error:  # it may be a plugin's code
        raise CourseError(
            f"the reporter {writer.name} failed: {type(error).__name__}: {error}",
            next_step="tell its author; `--report json=FILE` writes everything",
        ) from None
    if writer.file is None:
        click.echo(text.getvalue().encode("utf-8", "backslashreplace"), nl=False)
        return
    try:
        writer.file.write_text(text.getvalue(), encoding="utf-8", newline="")
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
        raise KataError(
            f"{writer.file} cannot be written: {error.strerror}",
            next_step="free space on its disk, then try again" if full else "name another file",
            exit_code=MACHINERY if full else USAGE,
        ) from None


def _show_result(ctx: click.Context, result: Verdicts) -> None:
    from ..reporters.overview import write_results

    write_results(context.screen(ctx), result)
