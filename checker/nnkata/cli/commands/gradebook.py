"""`kata gradebook`: fill a column of a file that Canvas or Moodle exported."""

from __future__ import annotations

from pathlib import Path

import click

from ...errors import CHECKS_FAILED, KataError

EXISTING = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("result", type=EXISTING)
@click.option("--canvas", type=EXISTING, help="A gradebook that Canvas exported.")
@click.option("--moodle", type=EXISTING, help="A grading worksheet or gradebook of Moodle's.")
@click.option("--column", help="The column of the grade, `NAME (ID)` (Moodle: Grade).")
@click.option("--feedback", help="The column of the feedback (Moodle only: Feedback comments).")
@click.option("--match", help="The column that identifies the student (default: the usual ones).")
@click.option("--out-of", type=click.FloatRange(0, min_open=True), help="Scale to these points.")
@click.option("-o", "--output", type=EXISTING, help="Write to this file (default: stdout).")
@click.pass_context
def command(
    ctx: click.Context, result: Path, canvas: Path | None, moodle: Path | None, column: str | None,
    feedback: str | None, match: str | None, out_of: float | None, output: Path | None,
) -> None:  # fmt: skip
    """Write the grades of RESULT, which `kata grade --json` wrote, into an exported file.

    The name of a submission must identify a student of the export: by ID, SIS login, e-mail
    address and so on. Only the named column is filled in, and for Moodle the feedback too.
    Students and submissions without a match are listed on stderr.

    Exit codes: 0 all are filled in, 1 some are left out, 2 usage.
    """
    from ...grading.gradebook import canvas_mapping, fill, moodle_mapping
    from ...grading.grader import read_result

    export = canvas or moodle
    if export is None or (canvas and moodle):
        raise KataError("which file to fill in?", next_step="give --canvas FILE or --moodle FILE")
    if canvas:
        if column is None:
            raise KataError("which column?", next_step='name it: --column "Week 3 (1234)"')
        mapping = canvas_mapping(column, out_of, match)
    else:
        mapping = moodle_mapping(column, feedback, out_of, match)
    filled = fill(_read(export), read_result(result), mapping)
    _write(output, filled.text)
    for line in filled.replaced:
        click.echo(f"replaced: {line}", err=True)
    for line in filled.left_out:
        click.echo(f"left out: {line}", err=True)
    click.echo(f"{filled.graded} grades filled in, {len(filled.left_out)} left out", err=True)
    if filled.left_out:
        ctx.exit(CHECKS_FAILED)


def _read(export: Path) -> str:
    try:
        return export.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KataError(
            f"{export} cannot be read: {error}", next_step="export it again, as UTF-8"
        ) from None


def _write(output: Path | None, text: str) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_bytes(text.encode())
    except OSError as error:
        raise KataError(
            f"{output} cannot be written: {error.strerror}", next_step="name another file"
        ) from None
